/** What stands in an attribute; `undefined` leaves it out. */
export type AttributeValue = string | number | boolean | undefined;

/** An XML element with what is in it. */
export const element = (name: string, attributes: Readonly<Record<string, AttributeValue>>, ...content: readonly string[]): string => {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`])).join('');
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>\n${content.join('\n')}\n</${name}>`;
};

/** The declaration that a document begins with. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>';

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

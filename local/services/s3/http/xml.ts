const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;', '\n': '&#10;' };
const unescapes: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(escapes).map(([character, entity]) => [entity, character]));

/** Text as the content of an element. */
export const escapeXml = (text: string): string => text.replaceAll(/[&<>"'\r\n]/g, (character) => escapes[character] ?? character);

/** Content of a document: text, or elements by name; a list repeats its element, undefined leaves it out. */
export type XmlContent = string | number | boolean | { readonly [element: string]: XmlContent | readonly XmlContent[] | undefined };

const elements = (content: XmlContent): string => {
  if (typeof content !== 'object') return escapeXml(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => (value === undefined ? [] : isList(value) ? value.map((item) => element(name, item)) : [element(name, value)]))
    .join('');
};

const isList = (value: XmlContent | readonly XmlContent[]): value is readonly XmlContent[] => Array.isArray(value);

const element = (name: string, content: XmlContent): string => `<${name}>${elements(content)}</${name}>`;

/** A document with one root element in S3's namespace. */
export const xmlDocument = (root: string, content: XmlContent): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements(content)}</${root}>`;

/** The text of every element of a name, in order. Enough for S3's requests, which nest no element in itself. */
export const elementTexts = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replaceAll(/&(?:amp|lt|gt|quot|apos|#13|#10);/g, (entity) => unescapes[entity] ?? entity),
  );

/** The content of every element of a name, as it stands. */
export const elementContents = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, content = '']) => content);

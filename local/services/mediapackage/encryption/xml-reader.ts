/** An element of a document, its names without prefixes. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** By local name; namespaced attributes are passed over. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

interface OpenElement {
  readonly qualifiedName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Deeper documents than any key server has reason to send. */
const deepest = 32;

const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/<>!?]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|([^<]+)/gy;
const attribute = /\s+([^\s=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const characterOf = (entity: string): string | undefined => {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(entity) ?? [];
  const code = hexadecimal === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : named[entity];
};

const unescape = (text: string): string =>
  text.replaceAll(/&([^;]*);?/g, (reference, entity: string) => {
    const character = reference.endsWith(';') ? characterOf(entity) : undefined;
    if (character === undefined) throw new SyntaxError(`the reference ${reference} means nothing`);
    return character;
  });

const attributesOf = (text: string): Map<string, string> => {
  const found = new Map<string, string>();
  let end = 0;
  for (const match of text.matchAll(attribute)) {
    const [, name = '', double, single = ''] = match;
    if (found.has(name)) throw new SyntaxError(`the attribute ${name} is there twice`);
    found.set(name, unescape(double ?? single));
    end = match.index + match[0].length;
  }
  if (text.slice(end).trim() !== '') throw new SyntaxError(`no attributes: ${text.slice(end).trim().slice(0, 40)}`);
  return found;
};

const open = (qualifiedName: string, attributeText: string, parent: OpenElement | undefined): OpenElement => {
  const attributes = attributesOf(attributeText);
  const declared = [...attributes].flatMap(([name, value]) => (name === 'xmlns' ? [['', value] as const] : name.startsWith('xmlns:') ? [[name.slice(6), value] as const] : []));
  return { qualifiedName, attributes, prefixes: new Map([...(parent?.prefixes ?? []), ...declared]), children: [], text: '' };
};

const close = ({ qualifiedName, attributes, prefixes, children, text }: OpenElement): XmlElement => {
  const [prefix, name] = qualifiedName.includes(':') ? [qualifiedName.slice(0, qualifiedName.indexOf(':')), qualifiedName.slice(qualifiedName.indexOf(':') + 1)] : ['', qualifiedName];
  const namespace = prefixes.get(prefix);
  if (namespace === undefined && prefix !== '') throw new SyntaxError(`the prefix ${prefix} is not declared`);
  return { namespace: namespace ?? '', name, attributes: new Map([...attributes].filter(([key]) => !key.includes(':') && key !== 'xmlns')), children, text };
};

/** The root of a document. Document types (and with them entities of one's own) are refused. @throws SyntaxError that says what is wrong */
export const readXml = (document: string): XmlElement => {
  const stack: OpenElement[] = [];
  let root: XmlElement | undefined;
  let position = 0;
  for (const match of document.replace(/^\uFEFF/, '').matchAll(token)) {
    position = match.index + match[0].length;
    const [, literal, closing, name, attributeText = '', selfClosing, text] = match;
    const parent = stack.at(-1);
    if (literal !== undefined || text !== undefined) {
      if (parent !== undefined) parent.text += literal ?? unescape(text ?? '');
      else if ((literal ?? text ?? '').trim() !== '') throw new SyntaxError('there is text outside the root');
    } else if (name !== undefined) {
      if (root !== undefined) throw new SyntaxError('there are two roots');
      const element = closing === '/' ? stack.pop() : open(name, attributeText, parent);
      if (element?.qualifiedName !== name) throw new SyntaxError(`</${name}> closes nothing`);
      if (closing !== '/' && selfClosing !== '/') stack.push(element);
      else if (stack.length === 0) root = close(element);
      else stack.at(-1)?.children.push(close(element));
      if (stack.length > deepest) throw new SyntaxError(`elements are nested deeper than ${deepest}`);
    }
  }
  if (position < document.replace(/^\uFEFF/, '').length || root === undefined || stack.length > 0) throw new SyntaxError(`no whole XML document: it breaks off at character ${position}`);
  return root;
};

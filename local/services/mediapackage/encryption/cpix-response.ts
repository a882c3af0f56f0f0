import { KeyProviderError, type ContentKey } from './content-key.ts';
import { readXml, type XmlElement } from './xml-reader.ts';

const cpix = 'urn:dashif:org:cpix';
const pskc = 'urn:ietf:params:xml:ns:keyprov:pskc';
const speke = 'urn:aws:amazon:com:speke';

const blockBytes = 16;

/** The only key format that players read without a DRM system. */
const plainKeyFormat = 'identity';

const child = (element: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined =>
  element?.children.find((candidate) => candidate.namespace === namespace && candidate.name === name);

const isNamed = (element: XmlElement, attribute: string, value: string): boolean => element.attributes.get(attribute)?.toLowerCase() === value.toLowerCase();

const decoded = (text: string, what: string): Buffer => {
  const compact = text.replaceAll(/\s/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.toString('base64') !== compact) throw new KeyProviderError(`${what} is not base64`);
  return bytes;
};

const block = (text: string, what: string): Buffer => {
  const bytes = decoded(text, what);
  if (bytes.length !== blockBytes) throw new KeyProviderError(`${what} has ${bytes.length} bytes, expected ${blockBytes}`);
  return bytes;
};

// It is written between quotes into a playlist.
const uriOf = (system: XmlElement | undefined): string => {
  const element = child(system, cpix, 'URIExtXKey');
  const uri = decoded(element?.text ?? '', 'URIExtXKey').toString('utf8');
  if (!/^[a-z][a-z0-9+.-]*:[^\s"\p{Cc}]+$/iu.test(uri)) throw new KeyProviderError('URIExtXKey names no URI');
  return uri;
};

const keyValue = (contentKey: XmlElement): string => {
  const secret = child(child(contentKey, cpix, 'Data'), pskc, 'Secret');
  const value = child(secret, pskc, 'PlainValue');
  if (value === undefined) throw new KeyProviderError(child(secret, pskc, 'EncryptedValue') === undefined ? 'the key has no PlainValue' : 'the key is encrypted, which nobody asked for');
  return value.text;
};

const rootOf = (document: string): XmlElement => {
  try {
    return readXml(document);
  } catch (cause) {
    throw new KeyProviderError(`the answer is no XML: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};

/**
 * The key in a key server's answer (CPIX 2.0 as SPEKE version 1 has it: the URI and the key format in base64).
 * @throws KeyProviderError that says what is missing or malformed
 */
export const parseCpixResponse = (document: string, keyId: string, systemId: string): ContentKey => {
  const root = rootOf(document);
  if (root.namespace !== cpix || root.name !== 'CPIX') throw new KeyProviderError(`the answer is <${root.name}>, expected <CPIX> of ${cpix}`);
  const contentKey = child(root, cpix, 'ContentKeyList')?.children.find((candidate) => candidate.name === 'ContentKey' && isNamed(candidate, 'kid', keyId));
  if (contentKey === undefined) throw new KeyProviderError(`the answer has no ContentKey ${keyId}`);
  const system = child(root, cpix, 'DRMSystemList')?.children.find((candidate) => isNamed(candidate, 'kid', keyId) && isNamed(candidate, 'systemId', systemId));
  if (system === undefined) throw new KeyProviderError(`the answer has no DRMSystem ${systemId} for the key ${keyId}`);
  const format = decoded(child(system, speke, 'KeyFormat')?.text ?? '', 'KeyFormat').toString('utf8');
  if (format !== '' && format !== plainKeyFormat) throw new KeyProviderError(`the key format is ${JSON.stringify(format)}, expected ${JSON.stringify(plainKeyFormat)} for AES-128`);
  const explicitIv = contentKey.attributes.get('explicitIV');
  return {
    key: block(keyValue(contentKey), 'the key'),
    uri: uriOf(system),
    ...(explicitIv !== undefined && explicitIv !== '' && { initializationVector: block(explicitIv, 'explicitIV') }),
  };
};

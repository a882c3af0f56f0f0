import type { ContentKeys } from './content-keys.ts';

/** What an answer is made with. */
export interface AnswerOptions {
  readonly keys: ContentKeys;
  /** Where players fetch the key of a content. */
  readonly keyUrl: (contentId: string, keyId: string) => string;
}

/** Thrown when a request is no CPIX document that this server can answer. */
export class CpixRequestError extends Error {
  override readonly name = 'CpixRequestError';
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

const attributeOf = (tag: string, name: string): string | undefined => {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
  return (double ?? single)?.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
};

const required = (tag: string, name: string, element: string): string => {
  const value = attributeOf(tag, name);
  if (value === undefined || value === '') throw new CpixRequestError(`${element} has no ${name}`);
  return value;
};

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

const keyElement = (kid: string, tag: string, key: Buffer): string => {
  const explicitIv = attributeOf(tag, 'explicitIV');
  const iv = explicitIv === undefined ? '' : ` explicitIV="${explicitIv}"`;
  return `<cpix:ContentKey kid="${kid}"${iv}><cpix:Data><pskc:Secret><pskc:PlainValue>${base64(key)}</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>`;
};

/**
 * Fills a SPEKE version 1 request with keys and the URLs at which players fetch them, and leaves the rest of the document as it is.
 * A DRM system is answered as one of plain AES-128, whatever its id. Only what an encryptor sends is understood: prefixes `cpix`, `pskc` and `speke`.
 * https://docs.aws.amazon.com/speke/latest/documentation/live-workflow-methods.html
 * @throws CpixRequestError for anything else
 */
export const answerCpix = (document: string, { keys, keyUrl }: AnswerOptions): string => {
  const root = /<cpix:CPIX\b[^>]*>/.exec(document)?.[0];
  if (root === undefined || !document.trimEnd().endsWith('</cpix:CPIX>')) throw new CpixRequestError('the body is no CPIX document');
  const contentId = required(root, 'id', 'CPIX');
  const withKeys = document.replaceAll(/<cpix:ContentKey\s[^>]*?(?:\/>|>\s*<\/cpix:ContentKey>)/g, (tag) => {
    const kid = required(tag, 'kid', 'ContentKey');
    return keyElement(kid, tag, keys.keyOf(contentId, kid));
  });
  if (withKeys === document) throw new CpixRequestError('the document asks for no key');
  return withKeys.replaceAll(/<cpix:DRMSystem\s([^>]*[^/])>[\s\S]*?<\/cpix:DRMSystem>/g, (system, attributes: string) => {
    const kid = required(system, 'kid', 'DRMSystem');
    return `<cpix:DRMSystem ${attributes}><cpix:URIExtXKey>${base64(keyUrl(contentId, kid))}</cpix:URIExtXKey><speke:KeyFormat>${base64('identity')}</speke:KeyFormat><speke:KeyFormatVersions>${base64('1')}</speke:KeyFormatVersions></cpix:DRMSystem>`;
  });
};

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedRequest } from './credential-scope.ts';

/** The parts of a request that a signature covers. */
export interface SignedParts {
  readonly method: string;
  /** As on the wire. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hex, or what the request says instead of it. */
  readonly payloadHash: string;
}

const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

/** SHA-256 in hex. */
export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

// Every service but S3 signs the path escaped once more, without empty and dot segments.
const canonicalPath = (path: string, service: string): string => {
  if (service === 's3') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
};

// By code point, not by locale.
const order = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([leftName, leftValue], [rightName, rightValue]) => order(leftName, rightName) || order(leftValue, rightValue))
    .map((pair) => pair.join('='))
    .join('&');

/** What a signature is made for. */
export interface SigningScope extends Pick<SignedRequest, 'date' | 'region' | 'service' | 'signedHeaders'> {
  /** `20261123T101530Z` */
  readonly time: string;
}

const canonicalRequest = (signed: Pick<SignedRequest, 'service' | 'signedHeaders'>, parts: SignedParts): string =>
  [
    parts.method,
    canonicalPath(parts.path, signed.service),
    canonicalQuery(parts.query),
    ...signed.signedHeaders.map((name) => `${name}:${(parts.headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}`),
    '',
    signed.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');

/** The SigV4 signature of a request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export const signatureOf = (secretAccessKey: string, signing: SigningScope, parts: SignedParts): Buffer => {
  const scope = [signing.date, signing.region ?? '', signing.service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', signing.time, scope.join('/'), sha256(canonicalRequest(signing, parts))].join('\n');
  let key: string | Buffer = `AWS4${secretAccessKey}`;
  for (const part of scope) key = hmac(key, part);
  return hmac(key, text);
};

/** Whether a SigV4 signature was made with the given secret. */
export const isSignedWith = (secretAccessKey: string, signed: SignedRequest, parts: SignedParts): boolean => {
  const time = signed.presigned ? parts.query.get('X-Amz-Date') : (parts.headers['x-amz-date'] ?? parts.headers.date);
  const expected = signatureOf(secretAccessKey, { ...signed, time: time ?? '' }, parts);
  const got = Buffer.from(signed.signature, 'hex');
  return got.length === expected.length && timingSafeEqual(got, expected);
};

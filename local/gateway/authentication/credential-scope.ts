import type { IncomingMessage } from 'node:http';

/** How a request says that it is signed. */
export interface SignedRequest {
  /** `sigv4a` is signed for a set of Regions: its scope names none. */
  readonly algorithm: 'sigv4' | 'sigv4a';
  readonly accessKeyId: string;
  /** `20261123` */
  readonly date: string;
  readonly region: string | undefined;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Whether the signature is in the query (a presigned URL). */
  readonly presigned: boolean;
  readonly sessionToken: string | undefined;
}

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

const split = (credential: string, algorithm: SignedRequest['algorithm']): Pick<SignedRequest, 'accessKeyId' | 'date' | 'region' | 'service'> | undefined => {
  const parts = credential.split('/');
  // From the end, because an access key may hold anything.
  const [service, region, date] = algorithm === 'sigv4' ? [parts.at(-2), parts.at(-3), parts.at(-4)] : [parts.at(-2), undefined, parts.at(-3)];
  const accessKeyId = parts.slice(0, algorithm === 'sigv4' ? -4 : -3).join('/');
  if (parts.at(-1) !== 'aws4_request' || !service || !date || accessKeyId === '') return undefined;
  return { accessKeyId, date, region, service };
};

const algorithms: Readonly<Record<string, SignedRequest['algorithm']>> = { 'AWS4-HMAC-SHA256': 'sigv4', 'AWS4-ECDSA-P256-SHA256': 'sigv4a' };

const fromHeader = (authorization: string, sessionToken: string | undefined): SignedRequest | undefined => {
  const [name = '', rest = ''] = authorization.split(/\s+(.*)/s);
  const algorithm = algorithms[name];
  const fields = new Map(rest.split(/,\s*/).map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]));
  const scope = algorithm && split(fields.get('Credential') ?? '', algorithm);
  if (!algorithm || !scope) return undefined;
  return { algorithm, ...scope, signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'), signature: fields.get('Signature') ?? '', presigned: false, sessionToken };
};

const fromQuery = (query: URLSearchParams): SignedRequest | undefined => {
  const algorithm = algorithms[query.get('X-Amz-Algorithm') ?? ''];
  const scope = algorithm && split(query.get('X-Amz-Credential') ?? '', algorithm);
  if (!algorithm || !scope) return undefined;
  return {
    algorithm,
    ...scope,
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    presigned: true,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
  };
};

/** What a request's signature says: from its Authorization header, or its query when it is presigned. Undefined when it is not signed. */
export const signedRequest = (request: IncomingMessage, query: URLSearchParams): SignedRequest | undefined => {
  const authorization = headerOf(request, 'authorization');
  if (authorization === undefined) return fromQuery(query);
  return fromHeader(authorization, headerOf(request, 'x-amz-security-token'));
};

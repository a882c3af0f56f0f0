import { queryParameters, requestCookies, type ViewerRequest } from '../viewer-request.ts';

/** The signature that a request comes with. */
export interface RequestSignature {
  /** CloudFront's base64 of the policy; absent = a canned one, made of the URL and `expires`. */
  readonly policy?: string;
  readonly expires?: string;
  readonly signature?: string;
  readonly keyPairId?: string;
  readonly hashAlgorithm: string;
}

const queryNames = ['Policy', 'Expires', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm'];

const partsOf = (pairs: readonly (readonly [string, string])[], prefix: string): RequestSignature => {
  const values = new Map(pairs);
  const [policy, expires, signature, keyPairId] = ['Policy', 'Expires', 'Signature', 'Key-Pair-Id'].map((name) => values.get(`${prefix}${name}`));
  return {
    ...(policy !== undefined && { policy }),
    ...(expires !== undefined && { expires }),
    ...(signature !== undefined && { signature }),
    ...(keyPairId !== undefined && { keyPairId }),
    hashAlgorithm: values.get(`${prefix}Hash-Algorithm`) ?? 'SHA1',
  };
};

/** The signature of a request: a URL that carries any part of one counts as signed, and its cookies do not. */
export const signatureOf = (request: ViewerRequest): RequestSignature => {
  const query = queryParameters(request.query);
  const isSignedUrl = query.some(([name]) => queryNames.includes(name));
  return isSignedUrl ? partsOf(query, '') : partsOf(requestCookies(request.headers), 'CloudFront-');
};

const withoutSignature = (query: string): string =>
  query
    .split('&')
    .filter((pair) => !queryNames.includes(pair.split('=')[0] ?? ''))
    .join('&');

/** The request as it goes on: signatures are the edge's business, no function's, cache's or origin's. */
export const withoutRequestSignature = (request: ViewerRequest): ViewerRequest => {
  const { cookie: _cookie, ...headers } = request.headers;
  const cookies = requestCookies(request.headers).filter(([name]) => !name.startsWith('CloudFront-'));
  return {
    ...request,
    query: withoutSignature(request.query),
    headers: cookies.length === 0 ? headers : { ...headers, cookie: cookies.map(([name, value]) => `${name}=${value}`).join('; ') },
  };
};

import { createHmac } from 'node:crypto';
import type * as z from 'zod';
import { edgeHolderSchema, edgeStoreKey, tokenCookieName } from '../../../lambda/contract/viewer-token.ts';
import { edgeFunction, type ViewerRequestEvent, type ViewerRequestResult } from '../edge-function.ts';

/** The second at which viewers come. */
export const nowSeconds = 1_795_000_000;

const key = 'k'.repeat(64);

/** The breakout that the distribution shows. */
export const breakoutId = 'bko_01JD0000000000000000000000';

/** Another one, of whomever. */
export const otherBreakoutId = 'bko_01JD0000000000000000000001';

/** The distribution that viewers reach. */
export const distributionId = 'E1234567890ABC';

/** A manifest's path at the packager. */
export const packagerPath = '/out/v1/0123456789abcdef/index.m3u8';

/** What the store holds of the distribution. */
export const aHolder = (change: Partial<z.input<typeof edgeHolderSchema>> = {}): string =>
  JSON.stringify(edgeHolderSchema.parse({ breakoutId, began: nowSeconds - 120, from: nowSeconds - 60, until: null, curtain: 'UP', ...change }));

/** The store's entries. */
export const aStore = (change: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  [edgeStoreKey.signingKey('k1')]: key,
  [edgeStoreKey.holder(distributionId)]: aHolder(),
  ...change,
});

/** The parts of a token that tests change. */
export interface TokenParts {
  readonly keyId?: string;
  readonly expiresAt?: number;
  readonly session?: string;
  readonly scope?: string;
  readonly signedFor?: string;
  readonly signingKey?: string;
  /** The address and the country that it is bound to. */
  readonly boundTo?: readonly string[];
}

/** A good token of a viewer for ten minutes. */
export const aToken = ({ keyId = 'k1', expiresAt = nowSeconds + 600, session = 'AbCdEfGhIjKlMn_-', scope = 'v', signedFor = breakoutId, signingKey = key, boundTo = [] }: TokenParts = {}): string => {
  const claims = `${keyId}.${expiresAt.toString(36)}.${session}.${scope}`;
  return `${claims}.${createHmac('sha256', signingKey).update([claims, signedFor, ...boundTo].join('.')).digest('base64url')}`;
};

/** What of a viewer's request tests change. */
export interface ViewerChange {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly ip?: string;
}

const valued = (value: string | readonly string[]) =>
  typeof value === 'string' ? { value } : { value: value[0] ?? '', multiValue: value.map((one) => ({ value: one })) };

const valuesOf = (values: Readonly<Record<string, string | readonly string[]>>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valued(value)]));

/** The event of a viewer's request. */
export const aRequest = (uri: string, { method = 'GET', headers = {}, query = {}, cookies = {}, ip = '203.0.113.7' }: ViewerChange = {}): ViewerRequestEvent => ({
  context: { distributionId },
  viewer: { ip },
  request: { method, uri, headers: { host: { value: 'd1.cloudfront.net' }, ...valuesOf(headers) }, querystring: valuesOf(query), cookies: valuesOf(cookies) },
});

/** The viewer's URL of a packager's path, with the token in it. */
export const tokenUrl = (token = aToken(), id = breakoutId, path = packagerPath): string => `/t/${token}/${id}${path}`;

/** A request for a path that cookies open. */
export const cookieRequest = (token: string | undefined, change: ViewerChange = {}, id = breakoutId): ViewerRequestEvent =>
  aRequest(`/c/${id}${packagerPath}`, { ...change, cookies: { ...change.cookies, ...(token !== undefined && { [tokenCookieName]: token }) } });

/** What the function answers to a request. */
export const asked = (event: ViewerRequestEvent | string, entries: Readonly<Record<string, string>> = aStore(), at = nowSeconds): Promise<ViewerRequestResult> =>
  edgeFunction(entries, at)(typeof event === 'string' ? aRequest(event) : event);

import crypto, { createHmac } from 'node:crypto';
import vm from 'node:vm';
import { edgeFunctionCode } from '../../../lib/edge/edge-code.ts';

/** What CloudFront's runtime gives the function that serves recordings, as far as it looks. */
interface RecordingRequestEvent {
  readonly viewer: { readonly ip: string };
  readonly request: { readonly method: string; readonly uri: string; readonly headers: object; readonly querystring: Readonly<Record<string, { readonly value: string }>> };
}

/** The function's answer: the request that goes on, or a response. */
export interface RecordingRequestResult {
  readonly uri?: string;
  readonly querystring?: Readonly<Record<string, { readonly value: string }>>;
  readonly statusCode?: number;
  readonly body?: { readonly data: string };
}

/** The text that is deployed. */
export const recordingFunctionText = edgeFunctionCode({ file: 'recording-request.js', webOrigins: [] });

/** The key by which tokens are signed here, under the name `k1`. */
export const recordingKey = 'r'.repeat(64);

/** A token as lambda/contract/viewer-token.ts has it. */
export const recordingToken = ({ keyId = 'k1', expiresAt = 0, session = 'AbCdEfGhIjKlMn_-', scope = 'r', subject = '', key = recordingKey }): string => {
  const claims = `${keyId}.${expiresAt.toString(36)}.${session}.${scope}`;
  return `${claims}.${createHmac('sha256', key).update(`${claims}.${subject}`).digest('base64url')}`;
};

/** Runs the deployed text itself, with a key value store of the given entries and a clock that stands still. */
export const recordingFunction = (entries: Readonly<Record<string, string>>, nowSeconds: number) => {
  const get = async (key: string): Promise<string> => {
    const value = entries[key];
    if (value === undefined) throw new Error('KeyNotFound');
    return value;
  };
  const sandbox = { crypto, cf: { kvs: () => ({ get }) }, Date: { now: () => nowSeconds * 1000, UTC: Date.UTC } };
  const code = recordingFunctionText.replace(/^import \w+ from '\w+';$/gm, '');
  const handler = vm.runInNewContext(`${code}; handler`, sandbox) as (event: RecordingRequestEvent) => Promise<RecordingRequestResult>;
  return async (uri: string, querystring: RecordingRequestEvent['request']['querystring'] = {}, method = 'GET'): Promise<RecordingRequestResult> =>
    structuredClone(await handler({ viewer: { ip: '192.0.2.1' }, request: { method, uri, headers: {}, querystring } }));
};

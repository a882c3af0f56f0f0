import crypto from 'node:crypto';
import vm from 'node:vm';
import { edgeFunctionCode } from '../../lib/edge/edge-code.ts';

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

/** What CloudFront's runtime gives a viewer-request function, as far as this one looks. */
export interface ViewerRequestEvent {
  readonly context: { readonly distributionId: string };
  readonly viewer: { readonly ip: string };
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly headers: Record<string, { value: string }>;
    readonly querystring: Readonly<Record<string, Value>>;
    readonly cookies: Readonly<Record<string, Value>>;
  };
}

/** The function's answer: the request that goes on, or a response. */
export interface ViewerRequestResult {
  readonly uri?: string;
  readonly headers: Record<string, { value: string }>;
  readonly statusCode?: number;
  readonly body?: { readonly data: string };
}

/** The one site whose pages may send cookies. */
export const webOrigin = 'https://www.example.com';

/** The text that is deployed. */
export const edgeFunctionText = edgeFunctionCode({ file: 'viewer-request.js', webOrigins: [webOrigin] });

const withoutImports = edgeFunctionText.replace(/^import \w+ from '\w+';$/gm, '');

/** Runs the deployed text itself, with a key value store of the given entries and a clock that stands still. */
export const edgeFunction = (entries: Readonly<Record<string, string>>, nowSeconds: number) => {
  const get = async (key: string): Promise<string> => {
    const value = entries[key];
    if (value === undefined) throw new Error('KeyNotFound');
    return value;
  };
  const sandbox = { crypto, cf: { kvs: () => ({ get }) }, Date: { now: () => nowSeconds * 1000, parse: (text: string) => Date.parse(text) } };
  const handler = vm.runInNewContext(`${withoutImports}; handler`, sandbox) as (event: ViewerRequestEvent) => Promise<ViewerRequestResult>;
  return async (event: ViewerRequestEvent): Promise<ViewerRequestResult> => structuredClone(await handler(structuredClone(event)));
};

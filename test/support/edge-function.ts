import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

/** What CloudFront's runtime gives a viewer-request function, as far as this one looks. */
export interface ViewerRequestEvent {
  readonly context: { readonly distributionId: string };
  readonly request: { readonly method: string; readonly uri: string; readonly headers: Record<string, { value: string }> };
}

/** The function's answer: the request that goes on, or a response. */
export interface ViewerRequestResult {
  readonly uri?: string;
  readonly headers: Record<string, { value: string }>;
  readonly statusCode?: number;
  readonly body?: { readonly data: string };
}

const file = join(import.meta.dirname, '../../lib/edge/viewer-request.js');

/** The text that is deployed. */
export const edgeFunctionText = readFileSync(file, 'utf8');

const withoutImports = edgeFunctionText.replace(/^import \w+ from '\w+';$/gm, '');

/** Runs the deployed text itself, with a key value store of the given entries and a clock that stands still. */
export const edgeFunction = (entries: Readonly<Record<string, string>>, nowSeconds: number) => {
  const get = async (key: string): Promise<string> => {
    const value = entries[key];
    if (value === undefined) throw new Error('KeyNotFound');
    return value;
  };
  const sandbox = { crypto, cf: { kvs: () => ({ get }) }, Date: { now: () => nowSeconds * 1000 } };
  const handler = vm.runInNewContext(`${withoutImports}; handler`, sandbox) as (event: ViewerRequestEvent) => Promise<ViewerRequestResult>;
  return async (event: ViewerRequestEvent): Promise<ViewerRequestResult> => structuredClone(await handler(structuredClone(event)));
};

import { createHash, createHmac } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import type { EdgeFunction } from '../edge-configuration.ts';
import { rewriteImports } from './import-rewriting.ts';
import { sandboxEpilogue, sandboxPrelude } from './sandbox-prelude.ts';

/** What came of a run: the handler's result as JSON, or why there is none. */
export type FunctionRun = { readonly result: string } | { readonly failure: string };

// CloudFront allows about a millisecond of its own processors; a busy machine needs room.
const timeLimitMilliseconds = 250;

const algorithms = new Set(['md5', 'sha1', 'sha256']);
const encodings = ['hex', 'base64', 'base64url'] as const;

const digest = (algorithm: string, key: string | Uint8Array | undefined, parts: readonly (string | Uint8Array)[], encoding?: string): string | Buffer => {
  if (!algorithms.has(algorithm)) throw new Error(`Unsupported algorithm ${algorithm}: md5, sha1 and sha256 are there`);
  const digester = key === undefined ? createHash(algorithm) : createHmac(algorithm, key);
  for (const part of parts) digester.update(part);
  if (encoding === undefined) return digester.digest();
  const known = encodings.find((name) => name === encoding);
  if (known === undefined) throw new Error(`Unknown digest encoding ${encoding}: ${encodings.join(', ')} are there`);
  return digester.digest(known);
};

const compiled = new WeakMap<EdgeFunction, Script>();

const compile = (edgeFunction: EdgeFunction): Script => {
  const known = compiled.get(edgeFunction);
  if (known) return known;
  const script = new Script(`${sandboxPrelude}\n{${rewriteImports(edgeFunction.code)}\n${sandboxEpilogue}}`, { filename: `${edgeFunction.name}.js` });
  compiled.set(edgeFunction, script);
  return script;
};

/**
 * Runs the function's handler once on an event (JSON), in a context of its own: no network, no timers, no state of an
 * earlier run. Reads of the key value store answer from memory, so that a run ends before this returns.
 */
export const runInSandbox = (edgeFunction: EdgeFunction, event: string, log: (line: string) => void): FunctionRun => {
  let run: FunctionRun = { failure: 'the handler did not settle' };
  const { store } = edgeFunction;
  const sandbox = {
    Buffer,
    atob,
    btoa,
    __event: event,
    __host: { log, digest, storeId: store?.id ?? '', storeGet: (key: string) => store?.get(key), storeCount: () => store?.count() ?? 0 },
    __settle: {
      done: (result: string | undefined) => {
        run = result === undefined ? { failure: 'the handler returned nothing' } : { result };
      },
      failed: (failure: string) => {
        run = { failure };
      },
    },
  };
  try {
    const context = createContext(sandbox, { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
    compile(edgeFunction).runInContext(context, { timeout: timeLimitMilliseconds });
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
  return run;
};

import { createHash, createHmac } from 'node:crypto';
import { type Context, createContext, Script } from 'node:vm';
import type { EdgeFunction } from '../edge-configuration.ts';
import { rewriteImports } from './import-rewriting.ts';
import { runText, sandboxPrelude } from './sandbox-prelude.ts';

/** What came of a run: the handler's result as JSON, or why there is none. */
export type FunctionRun = { readonly result: string } | { readonly failure: string };

// CloudFront allows about a millisecond of processor time; this is wall time on a machine that encodes video meanwhile.
const timeLimitMilliseconds = 1_000;

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

interface Sandbox {
  readonly globals: Record<string, unknown>;
  readonly context: Context;
  readonly script: Script;
  /** Where the present run's console.log goes. */
  log: (line: string) => void;
}

const createSandbox = (edgeFunction: EdgeFunction): Sandbox => {
  const { store } = edgeFunction;
  const script = new Script(runText(rewriteImports(edgeFunction.code)), { filename: `${edgeFunction.name}.js` });
  const host = { log: (line: string) => sandbox.log(line), digest, storeId: store?.id ?? '', storeGet: (key: string) => store?.get(key), storeCount: () => store?.count() ?? 0 };
  const globals: Record<string, unknown> = { Buffer, atob, btoa, __host: host };
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
  prelude.runInContext(context);
  const sandbox: Sandbox = { globals, context, script, log: () => undefined };
  return sandbox;
};

const prelude = new Script(sandboxPrelude, { filename: 'cloudfront-js-2.0.js' });
const sandboxes = new WeakMap<EdgeFunction, Sandbox>();

const evaluate = (edgeFunction: EdgeFunction, event: string, log: (line: string) => void): FunctionRun => {
  const sandbox = sandboxes.get(edgeFunction) ?? createSandbox(edgeFunction);
  sandboxes.set(edgeFunction, sandbox);
  let run: FunctionRun = { failure: 'the handler did not settle' };
  sandbox.log = log;
  sandbox.globals['__run'] = {
    event,
    done: (result: string | undefined) => {
      run = result === undefined ? { failure: 'the handler returned nothing' } : { result };
    },
    failed: (failure: string) => {
      run = { failure };
    },
  };
  sandbox.script.runInContext(sandbox.context, { timeout: timeLimitMilliseconds });
  return run;
};

/**
 * Runs the function's handler once on an event (JSON), in a context without network and timers. The code is evaluated
 * anew, so that no variable outlives a run. Reads of the key value store answer from memory: a run ends before this returns.
 */
export const runInSandbox = (edgeFunction: EdgeFunction, event: string, log: (line: string) => void): FunctionRun => {
  try {
    const run = evaluate(edgeFunction, event, log);
    if ('failure' in run) sandboxes.delete(edgeFunction);
    return run;
  } catch (error) {
    // A run that was cut short may have left anything behind.
    sandboxes.delete(edgeFunction);
    return { failure: error instanceof Error ? error.message : String(error) };
  }
};

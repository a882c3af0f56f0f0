/**
 * What runs first in a function's context: the modules of the runtime, in the context's own realm, on top of a few host
 * functions that take and return strings. What it defines cannot be replaced, so that no run can change the next one's.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export const sandboxPrelude = `
'use strict';
{
  const host = __host;
  delete globalThis.__host;
  const define = (name, value) => Object.defineProperty(globalThis, name, { value: Object.freeze(value) });
  const text = (parts) => parts.map(String).join(' ');
  const console = { log: (...parts) => host.log(text(parts)), error: (...parts) => host.log(text(parts)) };
  const store = (id) => {
    if (host.storeId === '') throw new Error('no key value store is associated with this function');
    if (id !== undefined && id !== host.storeId) throw new Error('the key value store ' + id + ' is not associated with this function');
    return {
      async get(key, options) {
        const value = host.storeGet(String(key));
        if (value === undefined) throw new Error('KeyNotFound: ' + key);
        const format = options === undefined || options.format === undefined ? 'string' : options.format;
        if (format === 'json') return JSON.parse(value);
        if (format === 'bytes') return Buffer.from(value);
        return value;
      },
      async exists(key) { return host.storeGet(String(key)) !== undefined; },
      async count() { return host.storeCount(); },
    };
  };
  const digester = (algorithm, key) => {
    const parts = [];
    return {
      update(data) { parts.push(data); return this; },
      digest(encoding) { return host.digest(algorithm, key, parts, encoding); },
    };
  };
  const crypto = { createHash: (algorithm) => digester(algorithm), createHmac: (algorithm, key) => digester(algorithm, key) };
  const modules = { crypto, cloudfront: { kvs: store }, buffer: { Buffer } };
  define('console', console);
  define('require', (name) => {
    const module = modules[name];
    if (module === undefined) throw new Error('Cannot find module ' + name + ': this runtime has ' + Object.keys(modules).join(', '));
    return module;
  });
  const known = new Set([...Object.getOwnPropertyNames(globalThis), '__reset', '__run']);
  define('__reset', () => {
    for (const name of Object.getOwnPropertyNames(globalThis)) if (!known.has(name)) delete globalThis[name];
  });
}
`;

/** The function's code as one run: evaluated anew in a scope of its own, its handler called, the result handed over as JSON. */
export const runText = (code: string): string => `'use strict';
{
  const __run = globalThis.__run;
  delete globalThis.__run;
  __reset();
  {
${code}
;(async () => handler(JSON.parse(__run.event)))().then(
    (value) => __run.done(JSON.stringify(value)),
    (error) => __run.failed(String(error && error.stack ? error.stack : error)),
  );
  }
}
`;

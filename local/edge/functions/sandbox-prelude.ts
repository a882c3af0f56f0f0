/**
 * What runs before a function's own code in its context: the modules of the runtime, in the context's own realm, on top
 * of a few host functions that take and return strings.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export const sandboxPrelude = `
'use strict';
const __modules = (() => {
  const host = __host;
  delete globalThis.__host;
  const text = (parts) => parts.map(String).join(' ');
  globalThis.console = { log: (...parts) => host.log(text(parts)), error: (...parts) => host.log(text(parts)) };
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
  const cloudfront = { kvs: store };
  return { crypto, cloudfront, buffer: { Buffer } };
})();
globalThis.require = (name) => {
  const module = __modules[name];
  if (module === undefined) throw new Error('Cannot find module ' + name + ': this runtime has ' + Object.keys(__modules).join(', '));
  return module;
};
`;

/** What runs after the function's own code: calls its handler and hands the result over as JSON. */
export const sandboxEpilogue = `
;{
  const settle = __settle;
  (async () => handler(JSON.parse(__event)))().then(
    (value) => settle.done(JSON.stringify(value)),
    (error) => settle.failed(String(error && error.stack ? error.stack : error)),
  );
}
`;

import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const loopback = { address: '127.0.0.1', family: 4 } as const;

/**
 * Makes this thread resolve every name below `localhost` to 127.0.0.1 (RFC 6761), which not every system's resolver does.
 * The SDK puts an account's id before the host of the key value store's endpoint.
 */
export const resolveLocalhost = (): void => {
  const { lookup } = dns;
  const patched = (hostname: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1);
    const [options] = rest;
    if (!hostname.endsWith('.localhost') || typeof callback !== 'function') {
      Reflect.apply(lookup, dns, [hostname, ...rest]);
      return;
    }
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    process.nextTick(callback, null, ...(all ? [[loopback]] : [loopback.address, loopback.family]));
  };
  Object.assign(dns, { lookup: patched });
  // What modules import by name is a copy.
  syncBuiltinESMExports();
};

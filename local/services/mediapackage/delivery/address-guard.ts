import { BlockList, isIPv6 } from 'node:net';
import type { OriginGuard } from './origin-guard.ts';

/** Admits the addresses that an endpoint's whitelist names, everyone where it names none. */
export const addressGuard: OriginGuard = {
  admits: ({ whitelist }, { address }) => Promise.resolve(whitelist.length === 0 || listOf(whitelist).check(address, isIPv6(address) ? 'ipv6' : 'ipv4')),
};

/** Admits whom every guard admits. */
export const everyGuard = (...guards: readonly OriginGuard[]): OriginGuard => ({
  admits: async (endpoint, visitor) => {
    for (const guard of guards) if (!(await guard.admits(endpoint, visitor))) return false;
    return true;
  },
});

/** Whether this is a block of addresses: `192.0.2.0/24`. */
export const isCidr = (text: string): boolean => {
  try {
    listOf([text]);
    return true;
  } catch {
    return false;
  }
};

/** Throws for what is no block of addresses. */
const listOf = (cidrs: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix = 'none'] = cidr.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list;
};

import { BlockList, isIPv4 } from 'node:net';
import type { InputRecord, MediaLiveRecords } from '../records.ts';

/** Ranges are asked for every RTP packet, and are the same list until a security group changes. */
const lists = new WeakMap<readonly string[], BlockList>();

const listOf = (cidrs: readonly string[]): BlockList => {
  const known = lists.get(cidrs);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = '32'] = cidr.split('/');
    list.addSubnet(network, Number(bits), 'ipv4');
  }
  lists.set(cidrs, list);
  return list;
};

/** Whether an input takes what comes from an address: by its security groups as they are now, or from this machine where it is in a VPC. */
export const admits = (records: MediaLiveRecords, { vpc, securityGroupIds }: InputRecord, remoteAddress: string): boolean => {
  const address = remoteAddress.replace(/^::ffff:/, '');
  if (!isIPv4(address)) return false;
  if (vpc !== undefined) return address.startsWith('127.');
  return securityGroupIds.some((id) => listOf(records.securityGroups.get(id)?.cidrs ?? []).check(address, 'ipv4'));
};

import { BlockList, isIPv4 } from 'node:net';
import type { PublishAuthority, PublishRequest } from '../../media/rtmp/publishing.ts';
import type { Engine } from './engine.ts';
import { channelsOfInput, type InputRecord, type MediaLiveRecords } from './records.ts';

/** Admits an encoder by the stream names that inputs have now, their security groups, and whether their channel runs. */
export const streamAuthority = (records: MediaLiveRecords, engine: Engine): PublishAuthority => ({
  knows: (application) => [...records.inputs.values()].some((input) => primaryName(input).startsWith(`${application}/`)),
  resolve: (request) => {
    const name = `${request.application}/${request.instance}`;
    const inputs = [...records.inputs.values()].filter((input) => primaryName(input) === name);
    if (inputs.length === 0) return { refusal: 'this stream name is not valid' };
    const running = inputs.flatMap((input) => channelsOfInput(records, input.id).filter(({ state }) => state === 'RUNNING').map((channel) => ({ input, channel })));
    const [only] = running;
    if (only === undefined) return { refusal: 'the channel of this stream name is not running' };
    // On AWS each input has an address of its own; here a name must tell them apart.
    if (running.length > 1) return { refusal: 'several running inputs have this stream name' };
    if (!isWhitelisted(records, only.input, request)) return { refusal: `${request.remoteAddress} is in none of the input's security groups` };
    const run = engine.run(only.channel.id);
    return run === undefined ? { refusal: 'the channel of this stream name is not running' } : { sink: run.feed };
  },
});

/** A SINGLE_PIPELINE channel takes the first source of an input. */
const primaryName = ({ streamNames }: InputRecord): string => streamNames[0] ?? '';

const isWhitelisted = (records: MediaLiveRecords, input: InputRecord, { remoteAddress }: PublishRequest): boolean => {
  const address = remoteAddress.replace(/^::ffff:/, '');
  if (!isIPv4(address)) return false;
  const list = new BlockList();
  for (const id of input.securityGroupIds) {
    for (const cidr of records.securityGroups.get(id)?.cidrs ?? []) {
      const [network = '', bits = '32'] = cidr.split('/');
      list.addSubnet(network, Number(bits), 'ipv4');
    }
  }
  return list.check(address, 'ipv4');
};

import type { PublishAuthority } from '../../../media/rtmp/publishing.ts';
import type { MediaLiveRecords } from '../records.ts';
import { admits } from './admission.ts';
import type { InputSources } from './input-sources.ts';

/** Admits an encoder by the stream names that inputs have now, their security groups, and whether their channel runs. */
export const streamAuthority = (records: MediaLiveRecords, sources: InputSources): PublishAuthority => ({
  knows: (application) => [...records.inputs.values()].some(({ streamNames }) => streamNames.some((name) => name.startsWith(`${application}/`))),
  resolve: ({ application, instance, remoteAddress }) => {
    const name = `${application}/${instance}`;
    const inputs = [...records.inputs.values()].filter(({ streamNames }) => streamNames.includes(name));
    if (inputs.length === 0) return { refusal: 'this stream name is not valid' };
    const [only, ...others] = inputs.filter((input) => sources.channel(input) !== undefined);
    if (only === undefined) return { refusal: 'the channel of this stream name is not running' };
    // On AWS each input has an address of its own; here a name must tell them apart.
    if (others.length > 0) return { refusal: 'several running inputs have this stream name' };
    if (!admits(records, only, remoteAddress)) return { refusal: `${remoteAddress} is in none of the input's security groups` };
    const sink = sources.sink(only, only.streamNames.indexOf(name));
    return sink === undefined ? { refusal: 'no pipeline of the channel takes this stream name now' } : { sink };
  },
});

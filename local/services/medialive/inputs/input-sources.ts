import type { PublisherSink } from '../../../media/rtmp/publishing.ts';
import type { Engine } from '../engine.ts';
import { attachmentNameOf, channelsOfInput, type ChannelRecord, type InputRecord, type MediaLiveRecords } from '../records.ts';

/** Says which running channel takes a source of an input: source n feeds pipeline n. */
export interface InputSources {
  /** The channel that the input is attached to, while it takes input. */
  channel(input: InputRecord): ChannelRecord | undefined;
  /** Where the source's media go; `undefined` while nothing takes them. */
  sink(input: InputRecord, source: number): PublisherSink | undefined;
}

/** Sources by what is attached and runs now. */
export const inputSources = (records: MediaLiveRecords, engine: Engine): InputSources => {
  const channel = (input: InputRecord): ChannelRecord | undefined =>
    channelsOfInput(records, input.id).find(({ state }) => state === 'RUNNING' || state === 'RECOVERING');
  return {
    channel,
    sink: (input, source) => {
      const running = channel(input);
      return running === undefined ? undefined : engine.run(running.id)?.sink(attachmentNameOf(running.declaration, input.id), source);
    },
  };
};

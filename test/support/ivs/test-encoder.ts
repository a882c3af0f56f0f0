import type { FlvTag } from '../../../local/media/flv/flv-tag.ts';
import type { Publisher, PublishAuthority, PublisherSink } from '../../../local/media/rtmp/publishing.ts';
import type { StreamSegment } from '../../../local/services/ivs/streams/segment.ts';
import type { Transcoder, TranscoderFactory } from '../../../local/services/ivs/streams/transcoder.ts';
import { settled } from '../manual-clock.ts';

// The parameter sets of H.264 pictures of 320×180.
const parameterSets = '0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa8';
const configuration: FlvTag = { kind: 'video', timestamp: 0, data: Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), Buffer.from(parameterSets, 'hex')]) };
const keyFrame: FlvTag = { kind: 'video', timestamp: 0, data: Buffer.concat([Buffer.from([0x17, 1, 0, 0, 0]), Buffer.alloc(100)]) };

/** Makes no media: every rendition has one segment as soon as it is asked to, and what an encoder sent last is made at once unless it is held back. */
export const segmentsOnDemand = () => {
  const held: { readonly finish: (() => void)[]; isHolding: boolean } = { finish: [], isHolding: false };
  const running: { readonly report: (segment: StreamSegment) => void; readonly renditions: number }[] = [];
  const factory: TranscoderFactory = ({ renditions }, { segment: report }) => {
    const exit = Promise.withResolvers<{ status: number; complaint: string }>();
    running.push({ report, renditions: renditions.length });
    const transcoder: Transcoder = { write: () => true, drained: () => undefined, finish: () => finished(() => exit.resolve({ status: 0, complaint: '' })), kill: () => undefined, exit: exit.promise };
    return transcoder;
  };
  const finished = (finish: () => void): void => {
    if (held.isHolding) held.finish.push(finish);
    else finish();
  };
  const hold = (): void => void (held.isHolding = true);
  const release = (): void => {
    held.isHolding = false;
    for (const finish of held.finish.splice(0)) finish();
  };
  const segment = (): void => {
    const { report, renditions = 0 } = running.at(-1) ?? {};
    for (let rendition = 0; rendition < renditions; rendition += 1) report?.({ rendition, file: '/none', startMilliseconds: 0, durationMilliseconds: 2_000 });
  };
  return { factory, segment, hold, release };
};

/** An encoder at the door of local IVS, behind its listener: no media are made or sent. */
export const testEncoder = (authority: PublishAuthority, { segment, hold, release }: Omit<ReturnType<typeof segmentsOnDemand>, 'factory'>) => {
  const connected: { sink?: PublisherSink } = {};
  const leave = (): void => {
    const { sink } = connected;
    delete connected.sink;
    sink?.end();
  };
  return {
    dial(key: string): boolean {
      const answer = authority.resolve({ application: 'app', instance: key, query: '', remoteAddress: '127.0.0.1' });
      if ('refusal' in answer) return false;
      const publisher: Publisher = { remoteAddress: '127.0.0.1', resume: () => undefined, disconnect: leave };
      connected.sink = answer.sink;
      answer.sink.begin(publisher);
      return true;
    },
    async goLive(): Promise<void> {
      connected.sink?.write(configuration);
      connected.sink?.write(keyFrame);
      segment();
      await settled();
    },
    async hangUp(): Promise<void> {
      hold();
      leave();
      await settled();
    },
    async disconnect(): Promise<void> {
      leave();
      release();
      await settled();
    },
  };
};

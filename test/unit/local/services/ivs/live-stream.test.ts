import type { FlvTag } from '../../../../../local/media/flv/flv-tag.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import type { ServiceEvent } from '../../../../../local/runtime/ports.ts';
import { openRecords, type ChannelRecord } from '../../../../../local/services/ivs/records.ts';
import { LiveStream } from '../../../../../local/services/ivs/streams/live-stream.ts';
import { SessionBook } from '../../../../../local/services/ivs/streams/session-book.ts';
import { StreamMetrics } from '../../../../../local/services/ivs/streams/stream-metrics.ts';
import type { StreamSegment } from '../../../../../local/services/ivs/streams/segment.ts';
import { manualClock, settled } from '../../../../support/manual-clock.ts';

const owner = { region: 'us-east-1', accountId: '123456789012' };
const channel: ChannelRecord = { id: 'AbCdef1G2hij', name: 'cam', type: 'BASIC', latencyMode: 'LOW', containerFormat: 'TS', authorized: false, insecureIngest: false, tags: {} };
const small = '0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa8';
const configuration: FlvTag = { kind: 'video', timestamp: 0, data: Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), Buffer.from(small, 'hex')]) };
const picture = (timestamp: number, bytes: number, isKey = false): FlvTag => ({ kind: 'video', timestamp, data: Buffer.concat([Buffer.from([isKey ? 0x17 : 0x27, 1, 0, 0, 0]), Buffer.alloc(bytes)]) });

const startStream = (exit = Promise.withResolvers<{ status: number; complaint: string }>()) => {
  const clock = manualClock();
  const events: ServiceEvent[] = [];
  const disconnections: string[] = [];
  const transcoder: { report?: (segment: StreamSegment) => void } = {};
  const records = openRecords(memoryStateStore());
  const book = new SessionBook({ records, events: { emit: (event) => void events.push(event) }, owner, clock });
  const stream = new LiveStream({
    channel, book, clock, metrics: new StreamMetrics({ record: () => undefined }), folder: () => '/tmp', record: () => undefined, onDisconnected: () => undefined, onEnded: () => undefined,
    transcoders: (_, { segment }) => {
      transcoder.report = segment;
      return { write: () => true, drained: () => undefined, finish: () => exit.resolve({ status: 0, complaint: '' }), kill: () => undefined, exit: exit.promise };
    },
  });
  const publisher = { remoteAddress: '127.0.0.1', resume: () => undefined, disconnect: (reason: string) => { disconnections.push(reason); stream.end(); } };
  stream.entrance().begin(publisher);
  const names = () => events.map(({ detail }) => detail['event_name'] ?? detail['limit_name']);
  return { stream, clock, events, names, disconnections, exit, segment: () => transcoder.report!({ rendition: 0, file: '/tmp/none', startMilliseconds: 0, durationMilliseconds: 2000 }) };
};

describe('a live stream of IVS', () => {
  it('is disconnected where its bit rate stays above the limit', async () => {
    const { stream, clock, events, names, disconnections } = startStream();
    stream.write(configuration);

    for (let second = 0; second < 6; second += 1) {
      stream.write(picture(second * 1000, 250_000, true));
      await clock.advance(1000);
    }
    await settled();

    expect(names()).toEqual(['Session Created', 'Ingest Bitrate', 'Session Ended']);
    expect(events[1]!.detail).toMatchObject({ limit_value: 1_500_000, limit_unit: 'bits per second', channel_name: 'cam' });
    expect(disconnections).toHaveLength(1);
  });

  it('stays at its limit', async () => {
    const { stream, clock, names } = startStream();
    stream.write(configuration);

    for (let second = 0; second < 10; second += 1) {
      stream.write(picture(second * 1000, 180_000, true));
      await clock.advance(1000);
    }

    expect(names()).toEqual(['Session Created']);
  });

  it('starves without data, and is healthy again with it', async () => {
    const { stream, clock, names, segment } = startStream();
    stream.write(configuration);
    stream.write(picture(0, 100, true));
    segment();

    await clock.advance(5000);
    const starving = stream.health;
    stream.write(picture(5000, 100, true));
    await clock.advance(1000);

    expect(starving).toBe('STARVING');
    expect(stream.health).toBe('HEALTHY');
    expect(names()).toEqual(['Session Created', 'Stream Start', 'Starvation Start', 'Starvation End']);
  });

  it('fails where nothing can be made of it', async () => {
    const { stream, exit, names, disconnections } = startStream();
    stream.write(configuration);
    stream.write(picture(0, 100, true));

    exit.resolve({ status: 1, complaint: 'Invalid data' });
    await settled();

    expect(names()).toEqual(['Session Created', 'Stream Failure', 'Session Ended']);
    expect(disconnections).toEqual(['the stream cannot be read: Invalid data']);
  });

  it('never goes live with a codec that is not H.264', () => {
    const { stream, names, disconnections } = startStream();

    stream.write({ kind: 'video', timestamp: 0, data: Buffer.from([0x1c, 0, 0, 0, 0]) });

    expect(names()).toEqual(['Session Created', 'Session Ended']);
    expect(disconnections).toEqual(['the video is not H.264']);
  });
});

import { GetStreamCommand, GetStreamSessionCommand, IvsClient, ListStreamSessionsCommand, ThrottlingException } from '@aws-sdk/client-ivs';
import { mockClient } from 'aws-sdk-client-mock';
import { ivsStreamWatch } from '../../../../lambda/adapters/ivs/stream-watch.ts';

const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const ivs = mockClient(IvsClient);
const watch = ivsStreamWatch(new IvsClient({ region: 'us-east-1' }));

const startedAt = (minute: number) => new Date(`2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`);

beforeEach(() => ivs.reset());

describe('the watch of streams', () => {
  it('lists sessions since a time, and reads no page after an older one', async () => {
    ivs
      .on(ListStreamSessionsCommand)
      .resolvesOnce({ streamSessions: [{ streamId: 'st-c', startTime: startedAt(30) }, { streamId: 'st-b', startTime: startedAt(20), endTime: startedAt(25), hasErrorEvent: true }], nextToken: '2' })
      .resolvesOnce({ streamSessions: [{ streamId: 'st-a', startTime: startedAt(5), endTime: startedAt(8) }], nextToken: '3' });

    expect(await watch.sessions(channelArn, '2026-11-23T10:10:00.000Z')).toEqual([
      { streamId: 'st-c', startedAt: '2026-11-23T10:30:00.000Z', hasErrors: false },
      { streamId: 'st-b', startedAt: '2026-11-23T10:20:00.000Z', endedAt: '2026-11-23T10:25:00.000Z', hasErrors: true },
    ]);
    expect(ivs.commandCalls(ListStreamSessionsCommand)).toHaveLength(2);
  });

  it('asks for one session alone where the newest is wanted', async () => {
    ivs.on(ListStreamSessionsCommand).resolves({ streamSessions: [{ streamId: 'st-c', startTime: startedAt(30) }], nextToken: '2' });

    expect(await watch.latest(channelArn)).toEqual({ streamId: 'st-c', startedAt: '2026-11-23T10:30:00.000Z', hasErrors: false });
    expect(ivs.commandCalls(ListStreamSessionsCommand).map(({ args: [{ input }] }) => input)).toEqual([{ channelArn, maxResults: 1 }]);
  });

  it('tells what an encoder sends, and what happened', async () => {
    ivs.on(GetStreamSessionCommand).resolves({
      streamSession: {
        ingestConfiguration: { video: { videoWidth: 1280, videoHeight: 720, targetFramerate: 30, targetBitrate: 2_500_000, codec: 'avc1.42C01F' } },
        truncatedEvents: [{ name: 'Stream Takeover Failure', type: 'IVS Stream State Change', eventTime: startedAt(2), code: 'StreamTakeoverInvalidPriority' }, { name: 'Stream Start' }],
      },
    });

    expect(await watch.session(channelArn, 'st-a')).toEqual({
      source: { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' },
      events: [{ name: 'Stream Takeover Failure', type: 'IVS Stream State Change', at: '2026-11-23T10:02:00.000Z', code: 'StreamTakeoverInvalidPriority' }],
    });
  });

  it('tells the stream that is live', async () => {
    ivs.on(GetStreamCommand).resolves({ stream: { streamId: 'st-a', startTime: startedAt(1), health: 'STARVING', viewerCount: 7 } });

    expect(await watch.now(channelArn)).toEqual({ streamId: 'st-a', startedAt: '2026-11-23T10:01:00.000Z', health: 'STARVING', viewers: 7 });
  });

  it('fails as unavailable while the service throttles', async () => {
    ivs.on(GetStreamCommand).rejects(new ThrottlingException({ exceptionMessage: 'slow down', message: 'slow down', $metadata: {} }));

    await expect(watch.now(channelArn)).rejects.toMatchObject({ name: 'Unavailable', code: 'ivs-unavailable' });
  });
});

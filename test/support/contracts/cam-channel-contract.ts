import type { CamControl, StreamWatch } from '../../../lambda/domain/pipelines/cam-control.ts';

/** A new channel without a key or a stream, and an encoder for it. */
interface CamChannelBox {
  readonly channelArn: string;
  readonly cams: CamControl;
  readonly streams: StreamWatch;
  /** An encoder connects with this key, and its stream is not live yet; false = it is refused. */
  readonly dial: (key: string) => boolean;
  /** The connected encoder's first pictures can be watched. */
  readonly goLive: () => Promise<void>;
  /** The encoder leaves; what it sent may still be on its way to viewers. */
  readonly hangUp: () => Promise<void>;
  /** The encoder leaves, and viewers have all that it sent. */
  readonly disconnect: () => Promise<void>;
}

const ever = '2000-01-01T00:00:00.000Z';

/** What IVS does with stream keys and streams, whoever stands for it. */
export const describeCamChannelContract = (open: () => Promise<CamChannelBox>): void => {
  it('has one key, which lets encoders in until it is deleted', async () => {
    const { cams, channelArn, dial, disconnect } = await open();
    const none = await cams.keyArn(channelArn);
    const key = await cams.createKey(channelArn);
    await expect(cams.createKey(channelArn)).rejects.toMatchObject({ name: 'Conflict', code: 'stream-key-exists' });
    const isLetIn = dial(key.value);
    await disconnect();
    const known = await cams.keyArn(channelArn);
    await cams.deleteKey(channelArn);
    await cams.deleteKey(channelArn);

    expect([none, isLetIn, known, await cams.keyArn(channelArn), dial(key.value)]).toEqual([undefined, true, key.keyArn, undefined, false]);
    expect((await cams.createKey(channelArn)).value).not.toBe(key.value);
  });

  it('lists a session from the connection on, and a stream once it can be watched', async () => {
    const { cams, streams, channelArn, dial, goLive } = await open();
    dial((await cams.createKey(channelArn)).value);
    const [connecting, latest, before] = [await streams.sessions(channelArn, ever), await streams.latest(channelArn), await streams.now(channelArn)];
    await goLive();
    const live = await streams.now(channelArn);

    expect(connecting).toEqual([{ streamId: expect.any(String), startedAt: expect.any(String), hasErrors: false }]);
    expect([latest, before]).toEqual([connecting[0], undefined]);
    expect(live).toMatchObject({ streamId: latest?.streamId, startedAt: latest?.startedAt, health: 'HEALTHY' });
    expect((await streams.session(channelArn, live?.streamId ?? ''))?.source).toMatchObject({ widthPixels: expect.any(Number), heightPixels: expect.any(Number) });
  });

  it('refuses a second encoder, and leaves who streams in when the key goes', async () => {
    const { cams, streams, channelArn, dial, goLive } = await open();
    const { value } = await cams.createKey(channelArn);
    dial(value);
    await goLive();
    const isSecondLetIn = dial(value);
    await cams.deleteKey(channelArn);

    expect([isSecondLetIn, (await streams.now(channelArn)) !== undefined]).toEqual([false, true]);
  });

  it('ends a stream that is stopped, and has nothing to stop then', async () => {
    const { cams, streams, channelArn, dial, goLive } = await open();
    dial((await cams.createKey(channelArn)).value);
    await goLive();
    await cams.stopStream(channelArn);
    await cams.stopStream(channelArn);

    expect(await streams.now(channelArn)).toBeUndefined();
    expect(await streams.latest(channelArn)).toMatchObject({ endedAt: expect.any(String) });
  });

  it('is live a moment longer than its encoder is connected, and has nothing to stop then', async () => {
    const { cams, streams, channelArn, dial, goLive, hangUp, disconnect } = await open();
    dial((await cams.createKey(channelArn)).value);
    await goLive();
    await hangUp();
    await cams.stopStream(channelArn);
    const [gone, still] = [await streams.latest(channelArn), await streams.now(channelArn)];
    await disconnect();

    expect(gone).not.toHaveProperty('endedAt');
    expect(still).toMatchObject({ streamId: gone?.streamId });
    expect((await streams.session(channelArn, still?.streamId ?? ''))?.events.map(({ name }) => name)).toEqual(['Stream End', 'Session Ended', 'Stream Start', 'Session Created']);
    expect([await streams.now(channelArn), (await streams.latest(channelArn))?.endedAt]).toEqual([undefined, expect.any(String)]);
  });

  it('lets an encoder back in before its last stream has ended', async () => {
    const { cams, streams, channelArn, dial, goLive, hangUp, disconnect } = await open();
    const { value } = await cams.createKey(channelArn);
    dial(value);
    await goLive();
    await hangUp();
    const isLetIn = dial(value);
    const sessions = await streams.sessions(channelArn, ever);
    await disconnect();

    expect([isLetIn, sessions.map(({ endedAt }) => endedAt)]).toEqual([true, [undefined, undefined]]);
    expect((await streams.sessions(channelArn, ever)).every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  });

  // https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StopStream.html speaks of streams; whether one that cannot be watched yet is meant it does not tell.
  it('stops who connects at once or when his stream is live, and never fails', async () => {
    const { cams, streams, channelArn, dial, goLive } = await open();
    dial((await cams.createKey(channelArn)).value);
    await cams.stopStream(channelArn);
    if ((await streams.latest(channelArn))?.endedAt === undefined) await goLive();
    await cams.stopStream(channelArn);

    expect(await streams.now(channelArn)).toBeUndefined();
    expect(await streams.latest(channelArn)).toMatchObject({ endedAt: expect.any(String) });
  });

  it('tells of a session that it ended before its stream, the newest first', async () => {
    const { cams, streams, channelArn, dial, goLive, disconnect } = await open();
    dial((await cams.createKey(channelArn)).value);
    await goLive();
    await disconnect();
    const { streamId = '' } = (await streams.latest(channelArn)) ?? {};

    expect((await streams.session(channelArn, streamId))?.events.map(({ name }) => name)).toEqual(['Stream End', 'Session Ended', 'Stream Start', 'Session Created']);
  });

  it('tells of no stream that nobody could watch', async () => {
    const { cams, streams, channelArn, dial, disconnect } = await open();
    dial((await cams.createKey(channelArn)).value);
    await disconnect();
    const { streamId = '', endedAt } = (await streams.latest(channelArn)) ?? {};

    expect(endedAt).toBeDefined();
    expect((await streams.session(channelArn, streamId))?.events.map(({ name }) => name)).toEqual(['Session Ended', 'Session Created']);
  });

  it('lists an encoder that comes back as another session, the newest first', async () => {
    const { cams, streams, channelArn, dial, disconnect } = await open();
    const { value } = await cams.createKey(channelArn);
    dial(value);
    await disconnect();
    dial(value);
    const sessions = await streams.sessions(channelArn, ever);

    expect(sessions.map(({ endedAt }) => endedAt === undefined)).toEqual([true, false]);
    expect((await streams.latest(channelArn))?.streamId).toBe(sessions[0]?.streamId);
  });
};

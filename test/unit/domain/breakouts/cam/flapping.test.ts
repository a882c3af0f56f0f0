import { checkIdle, stopChannel } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import type { StreamWatch } from '../../../../../lambda/domain/pipelines/cam-control.ts';
import { UnavailableError } from '../../../../../lambda/domain/shared/errors.ts';
import { timestamp } from '../../../../../lambda/domain/shared/time.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

const begun = Date.parse('2026-11-23T10:01:00.000Z');

interface Flapping {
  readonly streams: number;
  /** Whether the platform hears of each event, once it has happened. */
  readonly isTold: boolean;
  readonly isRecorded: boolean;
}

/** An encoder that the service disconnects after five seconds, and that is back after five more; a look each minute. */
const flapping = async ({ streams, isTold, isRecorded }: Flapping) => {
  const show = await armedShow();
  const { ivs, clock } = show;
  const calls = { listed: 0, read: 0 };
  const service = { ...show.deps.streams };
  const counting: StreamWatch = {
    ...service,
    sessions: (channelArn, since) => ((calls.listed += 1), service.sessions(channelArn, since)),
    session: (channelArn, streamId) => ((calls.read += 1), service.session(channelArn, streamId)),
  };
  Object.assign(show.deps.streams, counting);
  const most = { hearing: 0, look: 0 };
  const counted = async (kind: keyof typeof most, act: () => Promise<unknown>): Promise<void> => {
    const before = calls.read;
    await act();
    most[kind] = Math.max(most[kind], calls.read - before);
  };
  const hear = async (streamId: string, name: string, type?: string): Promise<void> => {
    if (type !== undefined) ivs.tell(streamId, name, type);
    const at = timestamp(clock.at);
    if (isTold) await counted('hearing', () => show.hear(streamId, name, at));
  };
  const recorded = isRecorded ? 'Recording Start' : 'Recording Start Failure';
  for (let stream = 0; stream < streams; stream += 1) {
    const streamId = `st-${stream + 1}`;
    clock.at = begun + stream * 10_000;
    ivs.connect();
    for (const name of ['Session Created', 'Stream Start']) await hear(streamId, name);
    await hear(streamId, recorded, 'IVS Recording State Change');
    clock.at += 5_000;
    await hear(streamId, 'Ingest Bitrate', 'IVS Limit Breach');
    ivs.disconnect();
    for (const name of ['Stream End', 'Session Ended']) await hear(streamId, name);
    if (stream % 6 === 5) await counted('look', show.reconcile);
  }
  return { ...show, calls, most, names: (name: string) => show.logged().filter((entry) => entry === name).length };
};

describe('an encoder that comes and goes', () => {
  it('is looked at with a few of the five calls a second that the service takes', async () => {
    const { calls, most } = await flapping({ streams: 60, isTold: true, isRecorded: true });

    expect(most.hearing).toBeLessThanOrEqual(2);
    expect(most.look).toBeLessThanOrEqual(20);
    // In ten minutes, of which each second has five.
    expect(calls.read).toBeLessThan(900);
    expect(calls.listed).toBeLessThan(600);
  });

  it.each([true, false])('has all its streams known and logged (told of: %s)', async (isTold) => {
    const show = await flapping({ streams: 60, isTold, isRecorded: true });
    show.clock.at += 60_000;
    await show.reconcile();

    const sessions = await show.sessions();
    expect(sessions).toHaveLength(60);
    expect(sessions.every(({ startedAt, endedAt = '', source }) => Date.parse(endedAt) - Date.parse(startedAt) === 5_000 && source?.heightPixels === 720)).toBe(true);
    expect(['INPUT ACQUIRED', 'INPUT LOST', 'RECORDING STARTED', 'ALERT SET'].map(show.names)).toEqual([60, 60, 60, 60]);
  });

  it('is no longer asked for when all of it is known', async () => {
    const show = await flapping({ streams: 12, isTold: true, isRecorded: true });
    show.clock.at += 600_000;
    await show.reconcile();
    const { read } = show.calls;
    show.clock.at += 60_000;
    await show.reconcile();

    expect(show.calls.read).toBe(read);
    expect((await show.sessions()).every(({ isSettled }) => isSettled)).toBe(true);
  });

  it('is announced as lost once, until it was there for a minute again', async () => {
    const show = await flapping({ streams: 30, isTold: true, isRecorded: true });
    const flapped = show.announced.map(({ kind }) => kind);
    show.clock.at += 10_000;
    show.ivs.connect();
    show.clock.at += 60_000;
    show.ivs.disconnect();
    await show.hear('st-31', 'Stream End', timestamp(show.clock.at));

    expect(flapped).toEqual(['INPUT_LOST']);
    expect(show.announced.map(({ kind }) => kind)).toEqual(['INPUT_LOST', 'INPUT_LOST']);
  });

  it('is announced as not recorded once, until it is recorded again, and counted each time', async () => {
    const show = await flapping({ streams: 30, isTold: true, isRecorded: false });

    expect(show.announced.map(({ kind }) => kind).toSorted()).toEqual(['INPUT_LOST', 'RECORDING_FAILED']);
    expect(show.losses.told).toHaveLength(30);
  });

  it('keeps no show from stopping, though its sessions cannot be read now', async () => {
    const show = await flapping({ streams: 60, isTold: false, isRecorded: true });
    const throttled = { ...show.deps.streams, session: () => Promise.reject(new UnavailableError({ code: 'ivs-unavailable', message: 'IVS cannot answer now' })) };
    show.ivs.connect();
    show.clock.at += 1_000;
    await stopChannel(show.deps)(show.show);
    const stopped = await checkIdle({ ...show.deps, streams: throttled })(show.show);
    const ends = (await show.sessions()).map(({ endedAt }) => endedAt);

    expect(stopped).toEqual({ status: 'DONE' });
    expect(ends).toHaveLength(61);
    expect(ends).not.toContain(undefined);
    for (let minute = 0; minute < 6; minute += 1) {
      show.clock.at += 60_000;
      await show.reconcile();
    }
    expect((await show.sessions()).every(({ source }) => source !== undefined)).toBe(true);
  });
});

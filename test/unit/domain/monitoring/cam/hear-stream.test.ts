import { listLiveShows } from '../../../../../lambda/domain/monitoring/live-shows.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

const streaming = async () => {
  const show = await armedShow();
  show.setTime('2026-11-23T10:01:00.000Z');
  show.ivs.connect();
  await show.hear('st-1', 'Stream Start', '2026-11-23T10:01:00.000Z');
  show.setTime('2026-11-23T10:10:00.000Z');
  return show;
};

const at = '2026-11-23T10:10:00.000Z';

describe('what is heard of a stream', () => {
  it.each([
    ['Stream Takeover', 'INPUT SWITCHED'],
    ['Stream Takeover Failure', 'INPUT REFUSED'],
    ['Stream Failure', 'ALERT SET'],
    ['Starvation Start', 'ALERT SET'],
    ['Starvation End', 'ALERT CLEARED'],
    ['Ingest Bitrate', 'ALERT SET'],
    ['Ingest Resolution', 'ALERT SET'],
    ['Concurrent Broadcasts', 'ALERT SET'],
    ['Recording Start', 'RECORDING STARTED'],
    ['Recording End', 'RECORDING STOPPED'],
    ['Recording Start Failure', 'RECORDING FAILED'],
    ['Recording End Failure', 'RECORDING FAILED'],
  ])('notes %s', async (name, entry) => {
    const show = await streaming();

    expect(await show.hear('st-1', name, at)).toBe('noted');
    expect(show.logged().at(-1)).toBe(entry);
  });

  it('says with a limit by how much it was passed', async () => {
    const show = await streaming();
    await show.hear('st-1', 'Ingest Bitrate', at, { type: 'IVS Limit Breach', explanation: '400000 bps above 1500000' });

    expect(show.log.kept.at(-1)).toMatchObject({ alertType: 'IVS bitrate', message: expect.stringContaining('(400000 bps above 1500000)') });
  });

  it('says with the code of a refusal what it means', async () => {
    const show = await streaming();
    await show.hear('st-1', 'Stream Takeover Failure', at, { code: 'StreamTakeoverInvalidPriority' });

    expect(show.log.kept.at(-1)?.message).toContain('(StreamTakeoverInvalidPriority: its priority is not above that of the stream');
  });

  it('notes the same once, whether it is told twice or found in the session', async () => {
    const show = await streaming();
    show.ivs.tell('st-1', 'Starvation Start', 'IVS Stream Health Change');
    const heard = [await show.hear('st-1', 'Starvation Start', at), await show.hear('st-1', 'Starvation Start', at)];
    await show.reconcile();

    expect(heard).toEqual(['noted', 'known']);
    expect(show.logged().filter((entry) => entry === 'ALERT SET')).toHaveLength(1);
  });

  it('finds in the session what was never told', async () => {
    const show = await streaming();
    show.ivs.tell('st-1', 'Recording End', 'IVS Recording State Change');
    await show.reconcile();

    expect(show.logged().at(-1)).toBe('RECORDING STOPPED');
  });

  it('leaves a minute to the event that tells why', async () => {
    const show = await streaming();
    show.ivs.tell('st-1', 'Recording Start Failure', 'IVS Recording State Change');
    await show.reconcile();
    const early = show.logged().at(-1);
    show.setTime('2026-11-23T10:11:00.000Z');
    await show.reconcile();

    expect([early, show.logged().at(-1)]).toEqual(['INPUT ACQUIRED', 'RECORDING FAILED']);
    expect(show.losses.told).toMatchObject([{ kind: 'STREAM_UNRECORDED', breakoutId: show.breakoutId }]);
  });

  it('has the reason where the session was looked up before its event came', async () => {
    const show = await streaming();
    show.ivs.tell('st-1', 'Ingest Bitrate', 'IVS Limit Breach');
    await show.hear('st-1', 'Session Ended', at);
    await show.hear('st-1', 'Ingest Bitrate', at, { type: 'IVS Limit Breach', explanation: '400000 bps above 1500000' });
    show.setTime('2026-11-23T10:12:00.000Z');
    await show.reconcile();

    expect(show.log.kept.filter(({ alertType }) => alertType === 'IVS bitrate').map(({ message }) => message)).toEqual([expect.stringContaining('400000')]);
  });

  it('announces a stream that ends while the show is on', async () => {
    const show = await streaming();
    show.ivs.disconnect();
    await show.hear('st-1', 'Stream End', at);

    expect(show.announced).toMatchObject([{ kind: 'INPUT_LOST', at }]);
  });

  it('announces that the show is not recorded, once', async () => {
    const show = await streaming();
    for (let told = 0; told < 2; told += 1) await show.hear('st-1', 'Recording Start Failure', at, { explanation: 'AccessDenied' });

    expect(show.announced).toMatchObject([{ kind: 'RECORDING_FAILED', at, message: expect.stringContaining('AccessDenied') }]);
    expect(show.losses.told).toMatchObject([{ kind: 'STREAM_UNRECORDED', message: expect.stringContaining('AccessDenied') }]);
  });

  it('does not call it a loss when the show was told to stop', async () => {
    const show = await streaming();
    await show.stop();
    await show.hear('st-1', 'Stream End', at);

    expect(show.logged()).not.toContain('INPUT LOST');
  });

  it('leaves out what is of another channel, or of before any show', async () => {
    const show = await streaming();

    expect(await show.hear('st-1', 'Stream End', '2026-11-23T09:00:00.000Z')).toBe('held-by-nobody');
    expect(await show.hear('st-other', 'Stream Failure', at)).toBe('known');
  });
});

describe('an encoder whose stream could never be watched', () => {
  const visited = async (told: readonly string[] = []) => {
    const show = await armedShow();
    show.setTime(at);
    show.ivs.connect(undefined, false);
    for (const name of told) show.ivs.tell('st-1', name);
    show.ivs.disconnect();
    await show.hear('st-1', 'Session Ended', at);
    const atOnce = show.logged().filter((entry) => entry === 'ALERT SET');
    return { ...show, atOnce, alerts: () => show.log.kept.filter(({ type }) => type === 'ALERT').map(({ alertType }) => alertType) };
  };

  it('is noted once, when all of its session must be listed', async () => {
    const show = await visited();
    const found = [];
    for (const time of ['2026-11-23T10:10:20.000Z', '2026-11-23T10:10:40.000Z', '2026-11-23T10:11:40.000Z']) {
      show.setTime(time);
      await show.reconcile();
      found.push(show.alerts().filter((alert) => alert === 'IVS never-live').length);
    }

    expect([show.atOnce, found]).toEqual([[], [0, 1, 1]]);
  });

  it.each(['Ingest Resolution', 'Stream Failure', 'Stream Start'])('is not noted where %s says more', async (name) => {
    const show = await visited([name]);
    show.setTime('2026-11-23T10:12:00.000Z');
    await show.reconcile();

    expect(show.alerts()).not.toContain('IVS never-live');
  });

  it('is no news where the stop disconnected it', async () => {
    const show = await armedShow();
    show.setTime(at);
    show.ivs.connect(undefined, false);
    await show.stop();
    show.setTime('2026-11-23T10:12:00.000Z');
    await show.reconcile();

    expect(show.logged()).not.toContain('ALERT SET');
  });
});

describe('a Cam show among those that are live', () => {
  it('tells whether its stream arrives', async () => {
    const show = await streaming();
    const live = () => listLiveShows(show.deps)(aCaller());

    expect(await live()).toMatchObject([{ pipelineId: 'pl_cam', status: 'RUNNING', activeInputs: [{ pipeline: '0', input: 'camera' }], inputs: [{ name: 'camera', state: 'ARRIVING' }], isDegraded: false }]);
    await show.hear('st-1', 'Starvation Start', at);
    expect(await live()).toMatchObject([{ isDegraded: true }]);
    await show.hear('st-1', 'Starvation End', '2026-11-23T10:11:00.000Z');
    await show.hear('st-1', 'Stream End', '2026-11-23T10:12:00.000Z');
    expect(await live()).toMatchObject([{ activeInputs: [], inputs: [{ name: 'camera', state: 'LOST' }], isDegraded: true }]);
  });
});

import { outcomesOf } from '../../../support/shows/guarded-world.ts';
import { armedShow, camWorld } from '../../../support/shows/cam-world.ts';

describe('the guards of a Cam pipeline', () => {
  it('let a show alone that is streamed to', async () => {
    const show = await armedShow();
    show.ivs.connect();
    show.setTime('2026-11-23T10:40:00.000Z');

    expect(await outcomesOf(show)).toEqual(['NOTHING']);
  });

  it('stop a show that nobody streams to when its booked end has passed, and not before', async () => {
    const show = await armedShow();
    show.setTime('2026-11-23T10:59:59.999Z');
    const before = await outcomesOf(show);
    show.setTime('2026-11-23T11:00:00.000Z');

    expect(before).toEqual(['NOTHING']);
    expect(await outcomesOf(show)).toEqual(['STOPPED_WITHOUT_INPUT']);
    expect(await show.breakout(show.breakoutId)).toMatchObject({ stopReason: 'NO_INPUT' });
    expect(show.announced).toMatchObject([{ kind: 'STOPPED_BY_GUARD' }]);
    expect(show.logged()).toContain('GUARD NO_INPUT');
  });

  it('note once that nobody has come with the show\'s key', async () => {
    const show = await armedShow();
    const looks = ['2026-11-23T10:01:00.000Z', '2026-11-23T10:01:30.000Z', '2026-11-23T10:03:00.000Z'];
    const alerts = [];
    for (const time of looks) {
      show.setTime(time);
      show.ivs.connect('sk_of_another_show');
      await show.reconcile();
      alerts.push(show.log.kept.filter(({ alertType }) => alertType === 'no stream').map(({ at, source }) => `${at} ${source ?? ''}`));
    }

    expect(alerts).toEqual([[], ['2026-11-23T10:01:05.000Z POLL'], ['2026-11-23T10:01:05.000Z POLL']]);
  });

  it('note nothing of the kind where somebody has streamed', async () => {
    const show = await armedShow();
    show.ivs.connect();
    show.ivs.disconnect();
    show.setTime('2026-11-23T10:03:00.000Z');
    await show.reconcile();

    expect(show.log.kept.filter(({ alertType }) => alertType === 'no stream')).toEqual([]);
  });

  it('count from the end of the last stream on', async () => {
    const show = await armedShow();
    show.setTime('2026-11-23T10:01:00.000Z');
    show.ivs.connect();
    show.setTime('2026-11-23T10:56:00.000Z');
    show.ivs.disconnect();
    show.setTime('2026-11-23T11:00:00.000Z');
    const before = await outcomesOf(show);
    show.setTime('2026-11-23T11:01:00.000Z');

    expect([before, await outcomesOf(show)]).toEqual([['NOTHING'], ['STOPPED_WITHOUT_INPUT']]);
  });

  it('put out who had connected before the show and was not seen then, and nobody else', async () => {
    const show = await armedShow();
    const [{ key }, before] = [show.ivs.state, '2026-11-23T09:59:58.000Z'];
    show.ivs.connect();
    show.ivs.state.sessions = show.ivs.state.sessions.map((session) => ({ ...session, startedAt: before }));
    show.setTime('2026-11-23T10:01:00.000Z');

    expect(await outcomesOf(show)).toEqual(['NOTHING']);
    expect(show.ivs.state).toMatchObject({ key, sessions: [{ startedAt: before, endedAt: '2026-11-23T10:01:00.000Z' }] });
    expect(show.logged().at(-1)).toBe('INPUT REFUSED');
    expect(show.losses.told.map(({ kind }) => kind)).toEqual(['STRANGER_ON_AIR']);
    show.ivs.connect();
    show.setTime('2026-11-23T10:02:00.000Z');
    expect(await outcomesOf(show)).toEqual(['NOTHING']);
    expect(show.ivs.state.sessions[0]).not.toHaveProperty('endedAt');
  });

  it('tell of a stranger who cannot be put out each minute, and note him once', async () => {
    const show = await armedShow();
    show.ivs.connect();
    show.ivs.state.sessions = show.ivs.state.sessions.map((session) => ({ ...session, startedAt: '2026-11-23T09:59:58.000Z' }));
    show.deps.cams = { ...show.deps.cams, stopStream: async () => undefined };
    for (const minute of [1, 2, 3]) {
      show.setTime(`2026-11-23T10:0${minute}:00.000Z`);
      await show.reconcile();
    }

    expect(show.losses.told.map(({ kind, breakoutId }) => [kind, breakoutId])).toEqual(Array.from({ length: 3 }, () => ['STRANGER_ON_AIR', show.breakoutId]));
    expect(show.logged().filter((entry) => entry === 'INPUT REFUSED')).toHaveLength(1);
  });

  it('tell of a pipeline that a show which is over does not give back', async () => {
    const show = await armedShow();
    show.setTime('2026-11-23T10:10:00.000Z');
    await show.stop();
    show.setTime('2026-11-23T10:27:29.000Z');
    const before = await outcomesOf(show);
    show.setTime('2026-11-23T10:27:30.000Z');

    expect([before, await outcomesOf(show)]).toEqual([['NOTHING'], ['OVERHELD']]);
  });

  it('tell of a stream key of no show, which costs nothing while nobody streams', async () => {
    const world = camWorld();
    await world.ivs.cams.createKey(world.channelArn);

    expect(await outcomesOf(world)).toEqual(['KEYED']);
    expect(world.announced).toMatchObject([{ kind: 'ORPHAN_CHANNEL', message: expect.stringContaining('it costs nothing until') }]);
  });

  it('end a show as failed whose key somebody deleted', async () => {
    const show = await armedShow();
    show.ivs.state.key = undefined;
    show.setTime('2026-11-23T10:02:00.000Z');

    expect(await outcomesOf(show)).toEqual(['ENDED_WITHOUT_CHANNEL']);
    expect(await show.breakout(show.breakoutId)).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' } });
  });

  it('turn a show off at its hard stop whose execution has died', async () => {
    const show = await armedShow();
    show.ivs.connect();
    show.executionState.dead.add(`${show.breakoutId}-1`);
    show.setTime('2026-11-23T10:30:00.000Z');

    expect(await outcomesOf(show)).toEqual(['STOPPING']);
    expect(await outcomesOf(show)).toEqual(['RECOVERED']);
    expect(show.ivs.state).toMatchObject({ key: undefined, sessions: [{ endedAt: '2026-11-23T10:30:00.000Z' }] });
  });

  it('put attendees out again while the curtain is down, for who lowered it may have died before', async () => {
    const show = await armedShow();
    show.ivs.connect();
    const drawn = await show.breakout(show.breakoutId);
    await show.deps.breakouts.save({ ...drawn, curtain: 'DOWN', curtainFalls: 1, revision: drawn.revision + 1 });
    await outcomesOf(show);

    expect([...show.viewers.revoked]).toEqual([[`${show.channelArn} ${show.breakoutId}`, 1]]);
  });

  it('end the tokens of a show whose pipeline nobody gave back', async () => {
    const show = await armedShow();
    const { breakoutId } = show;
    show.executionState.dead.add(`${breakoutId}-1`);
    show.setTime('2026-11-23T10:30:00.000Z');
    const outcomes = [await outcomesOf(show), await outcomesOf(show)];
    show.setTime('2026-11-23T10:33:00.000Z');
    outcomes.push(await outcomesOf(show));

    expect(outcomes.flat()).toEqual(['STOPPING', 'RECOVERED', 'RELEASED']);
    expect([...show.viewers.revoked]).toEqual([[`${show.channelArn} ${breakoutId}`, 1], [`${show.channelArn} ${breakoutId}-preview`, 1]]);
  });

  it('note what is told of a show\'s streams when its pipeline is free again, for half an hour', async () => {
    const show = await armedShow();
    show.ivs.connect();
    show.setTime('2026-11-23T10:10:00.000Z');
    await show.stop();
    await show.release();
    show.setTime('2026-11-23T10:13:00.000Z');
    show.ivs.tell('st-1', 'Recording End', 'IVS Recording State Change');
    await outcomesOf(show);

    expect(show.logged()).toContain('RECORDING STOPPED');
  });

  it('report a stream of nobody\'s show, and leave it', async () => {
    const world = camWorld();
    await world.ivs.cams.createKey(world.channelArn);
    world.ivs.connect();

    expect(await outcomesOf(world)).toEqual(['REPORTED']);
    expect(world.announced).toMatchObject([{ kind: 'ORPHAN_CHANNEL', pipelineId: 'pl_cam' }]);
  });
});

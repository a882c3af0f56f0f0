import { throwing } from '../support/states-harness.ts';
import { showRun, stopped, type Answers } from '../support/shows/show-run.ts';

describe('a show that fails', () => {
  const failures: readonly (readonly [string, Answers])[] = [
    ['while its channel is prepared', { 'prepare-channel': [throwing('Conflict', 'busy')] }],
    ['because its channel does not start', { 'check-running': [{ status: 'FAILED', reason: 'no encoder' }] }],
    ['without a reason', { 'check-running': [{ status: 'FAILED' }] }],
    ['while viewers are let in', { 'open-edge': [throwing('TypeError')] }],
    ['while it waits', { 'await-stop': [throwing('TypeError')] }],
    ['because its channel does not stop in time', { 'check-idle': [{ status: 'FAILED', reason: 'stuck' }, { status: 'PENDING' }, { status: 'DONE' }] }],
  ];

  it.each(failures)('%s is stopped, marked, released and measured', async (_, change) => {
    const run = showRun(change);
    const arn = await run.begin();
    await run.seconds(60);
    if (run.tasks().includes('await-stop') && !('await-stop' in change)) run.stop();

    await run.seconds(9000);

    const end = run.after('ensure-stopped').filter((task) => task !== 'check-idle');
    expect(end.slice(0, 4)).toEqual(['ensure-stopped', 'restore-sources', 'end-failed', 'limit-edge']);
    expect(end).toEqual(expect.arrayContaining(['measure-provisional', 'close-edge', 'release-pipeline', 'measure-final', 'mark-final']));
    expect(run.statusOf(arn)).toBe('FAILED');
  });

  it('carries the error to the breakout', async () => {
    const thrown = showRun({ 'prepare-channel': [throwing('Conflict', 'busy')] });
    const answered = showRun({ 'check-running': [{ status: 'FAILED', reason: 'no encoder' }] });

    for (const run of [thrown, answered]) {
      await run.begin();
      await run.seconds(600);
    }

    expect(thrown.last('end-failed').payload.error).toMatchObject({ Error: 'Conflict' });
    expect(answered.last('end-failed').payload.error).toEqual({ Error: 'ChannelFailed', Cause: 'no encoder' });
  });

  it('keeps stopping a channel that will not stop', async () => {
    const run = showRun({ 'start-channel': [throwing('TypeError')], 'check-idle': [{ status: 'FAILED', reason: 'stuck' }] });
    const arn = await run.begin();

    await run.seconds(3600);

    expect(run.tasks().filter((task) => task === 'ensure-stopped').length).toBeGreaterThan(100);
    expect(run.tasks()).not.toContain('end-failed');
    expect(run.statusOf(arn)).toBe('RUNNING');
  });

  it('is marked however often that fails, and gives its pipeline back then', async () => {
    const change = { 'start-channel': [throwing('TypeError')], 'end-failed': [throwing('Conflict'), throwing('TypeError'), { ...stopped, outcome: 'FAILED' }], 'restore-sources': [throwing('NotFound')], 'measure-provisional': [throwing('TypeError')] };
    const run = showRun(change);
    const arn = await run.begin();

    await run.seconds(9000);

    expect(run.last('end-failed').payload.error).toMatchObject({ Error: 'TypeError' });
    expect(run.tasks()).toContain('release-pipeline');
    expect(run.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'ShowFailed' });
  });

  it('and is SCHEDULED again does nothing more', async () => {
    const run = showRun({ 'prepare-channel': [throwing('Conflict', 'busy')], 'end-failed': [{ ...stopped, outcome: 'RETURNED' }] });
    const arn = await run.begin();

    await run.seconds(600);

    expect(run.after('ensure-stopped')).toEqual(['ensure-stopped', 'check-idle', 'check-idle', 'restore-sources', 'end-failed']);
    expect(run.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'ShowNotStarted' });
  });
});

describe('the archive of a show that failed', () => {
  it('is converted when the show cannot go on any more', async () => {
    const run = showRun({ 'await-stop': [throwing('TypeError')], 'end-failed': [{ ...stopped, outcome: 'FAILED', convertsAt: stopped.tailEndsAt }] });
    await run.begin();

    await run.seconds(3900);
    expect(run.tasks()).not.toContain('submit-conversion');
    await run.seconds(200);

    expect(run.tasks()).toContain('submit-conversion');
  });
});

describe('a show that goes over to another pipeline', () => {
  it('stops its channel, serves the tail, gives the pipeline back and leaves the rest', async () => {
    const run = showRun({ 'mark-stopping': [throwing('Conflict', 'attempt-over')], 'end-failed': [{ ...stopped, outcome: 'LEFT' }], 'submit-conversion': [{ status: 'NONE' }] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(3000);
    expect(run.tasks()).not.toContain('close-edge');
    await run.seconds(6000);

    expect(run.after('ensure-stopped')).toEqual(expect.arrayContaining(['end-failed', 'limit-edge', 'restore-sources', 'measure-provisional', 'close-edge', 'release-pipeline']));
    expect(run.tasks()).not.toContain('measure-final');
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });
});

describe('the recovery of a show', () => {
  it('starts nothing, and ends what was lost', async () => {
    const run = showRun();
    const arn = await run.begin({ isRecovery: true });

    await run.seconds(9000);

    expect(run.tasks()[0]).toBe('ensure-stopped');
    expect(run.last('end-failed').payload.error).toMatchObject({ Error: 'ExecutionLost' });
    expect(run.tasks()).toEqual(expect.arrayContaining(['release-pipeline', 'measure-final', 'mark-final']));
    expect(run.statusOf(arn)).toBe('FAILED');
  });

  it('converts a show that had been completed', async () => {
    const run = showRun({ 'end-failed': [stopped] });
    const arn = await run.begin({ isRecovery: true });

    await run.seconds(9000);

    expect(run.tasks()).toContain('submit-conversion');
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });
});

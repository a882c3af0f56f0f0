import { showTasks } from '../../lambda/contract/show-workflow.ts';
import { throwing } from '../support/states-harness.ts';
import { showRun } from '../support/shows/show-run.ts';

describe('a show', () => {
  it('starts, waits for its stop, and stops', async () => {
    const run = showRun();

    const arn = await run.begin();
    await run.seconds(60);
    run.stop();
    await run.seconds(60);

    expect(run.tasks().slice(0, 14)).toEqual([
      'prepare-channel', 'start-channel', 'check-running', 'check-running', 'open-edge', 'mark-running', 'await-stop',
      'mark-stopping', 'stop-channel', 'check-idle', 'check-idle', 'mark-stopped', 'limit-edge', 'restore-sources',
    ]);
    expect(run.statusOf(arn)).toBe('RUNNING');
  });

  it('sends every task to its function with the show\'s identity', async () => {
    const run = showRun();

    await run.begin();
    await run.seconds(60);
    run.stop();
    await run.seconds(9000);

    for (const { functionName, payload } of run.calls) {
      expect(showTasks[functionName as keyof typeof showTasks]).toContain(payload.task);
      expect(payload).toMatchObject({ breakoutId: 'bko_1', attempt: 1 });
    }
  });

  it('gives the pipeline back at the time it was told, not before', async () => {
    const run = showRun();
    await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(3930);
    expect(run.tasks()).not.toContain('close-edge');
    await run.seconds(20);
    expect(run.tasks()).toContain('close-edge');
    expect(run.tasks()).not.toContain('release-pipeline');
    await run.seconds(20);

    expect(run.tasks()).toContain('release-pipeline');
  });

  it('measures at once, with the MP4, and when its sources have settled', async () => {
    const run = showRun();
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(30);
    expect(run.tasks().filter((task) => task === 'measure-provisional')).toHaveLength(2);
    await run.seconds(9000);

    expect(run.tasks().slice(-3)).toEqual(['measure-final', 'measure-final', 'mark-final']);
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it('looks at its hard stop every quarter of an hour, and stops when it has come', async () => {
    const run = showRun({ 'check-hard-stop': [{ status: 'PENDING' }, { status: 'DONE' }] });
    await run.begin();

    await run.seconds(10 + 900);
    expect(run.after('check-hard-stop')).toEqual(['check-hard-stop', 'await-stop']);
    await run.seconds(900 + 30);

    expect(run.after('check-hard-stop')).toEqual(expect.arrayContaining(['mark-stopping', 'stop-channel', 'mark-stopped']));
  });

  it('converts nothing when nothing is wanted', async () => {
    const run = showRun({ 'submit-conversion': [{ status: 'NONE' }] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.tasks()).not.toContain('check-conversion');
    expect(run.tasks().filter((task) => task === 'measure-provisional')).toHaveLength(1);
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it.each([
    ['a conversion that fails', { 'check-conversion': [{ status: 'FAILED', reason: 'bad input' }] }],
    ['a conversion that cannot be submitted', { 'submit-conversion': [throwing('TypeError')] }],
    ['a provisional measurement that fails', { 'measure-provisional': [throwing('TypeError')] }],
    ['an edge that cannot be limited', { 'limit-edge': [throwing('Conflict')] }],
    ['sources that cannot be restored', { 'restore-sources': [throwing('NotFound')] }],
  ])('loses no usage to %s', async (_, change) => {
    const run = showRun(change);
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.tasks()).toEqual(expect.arrayContaining(['release-pipeline', 'measure-final', 'mark-final']));
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it('goes on with its conversion after an outage', async () => {
    const run = showRun({ 'check-conversion': [throwing('TypeError'), { status: 'DONE' }], 'give-up-conversion': [{ status: 'PENDING' }] });
    await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(300);

    expect(run.last('give-up-conversion').payload.error).toMatchObject({ Error: 'TypeError' });
    expect(run.after('give-up-conversion')).toEqual(expect.arrayContaining(['submit-conversion', 'check-conversion', 'measure-provisional']));
  });

  it('gives the pipeline back however often that fails', async () => {
    const run = showRun({ 'release-pipeline': [throwing('TypeError'), throwing('TypeError'), {}] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.tasks().filter((task) => task === 'release-pipeline')).toHaveLength(3);
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it('tries passing faults again', async () => {
    const run = showRun({ 'start-channel': [throwing('Unavailable'), throwing('Lambda.Unknown'), {}] });

    await run.begin();
    await run.seconds(60);

    expect(run.after('start-channel')).toEqual(expect.arrayContaining(['await-stop']));
  });

  it('fails when the final measurement does, and says how to go on', async () => {
    const run = showRun({ 'measure-final': [{ status: 'FAILED' }] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.statusOf(arn)).toBe('FAILED');
    expect(run.engine.executions.get(arn)).toMatchObject({ error: 'UsageNotFinal' });
  });
});

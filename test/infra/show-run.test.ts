import { showDefinition } from '../../lib/constructs/control/show-workflow/show-definition.ts';
import { showTasks } from '../../lambda/contract/show-workflow.ts';
import { statesHarness, throwing, type FunctionCall } from '../support/states-harness.ts';

const functionArns = { showChannel: 'showChannel', showState: 'showState', showEdge: 'showEdge', conversion: 'conversion', metering: 'metering' };
const definition = showDefinition({ functionArns, pollSeconds: 5 });

const start = Date.parse('2026-01-05T12:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

const stopped = { outcome: 'COMPLETED', tailEndsAt: at(4000), releasesAt: at(4020), settlesAt: at(8000) };

/** What a task answers: always the same, or one thing after the other. */
type Answers = Readonly<Record<string, readonly unknown[]>>;

const usual: Answers = {
  'check-running': [{ status: 'PENDING' }, { status: 'DONE' }],
  'check-hard-stop': [{ status: 'PENDING' }],
  'check-idle': [{ status: 'PENDING' }, { status: 'DONE' }],
  'mark-stopped': [stopped],
  'end-failed': [{ ...stopped, outcome: 'FAILED' }],
  'submit-conversion': [{ status: 'PENDING' }],
  'check-conversion': [{ status: 'PENDING' }, { status: 'DONE' }],
  'measure-final': [{ status: 'PENDING' }, { status: 'DONE' }],
};

const show = (change: Answers = {}) => {
  const answers: Answers = { ...usual, ...change };
  const used = new Map<string, number>();
  const harness = statesHarness({
    invoke: ({ payload }) => {
      const { task } = payload;
      const turn = used.get(task) ?? 0;
      used.set(task, turn + 1);
      const given = answers[task] ?? [{}];
      return (given[turn] ?? given.at(-1)) as ReturnType<typeof throwing>;
    },
  });
  const tasks = (): readonly string[] => harness.calls.map(({ payload }) => payload.task);
  const last = (task: string): FunctionCall => harness.calls.findLast(({ payload }) => payload.task === task)!;
  return {
    ...harness,
    tasks,
    last,
    begin: (input: object = {}) => harness.run(definition, { breakoutId: 'bko_1', attempt: 1, ...input }),
    stop: () => harness.engine.succeed(last('await-stop').payload.taskToken, {}),
    after: (task: string) => tasks().slice(tasks().lastIndexOf(task)),
    seconds: (seconds: number) => harness.clock.advance(seconds * 1000),
  };
};

describe('a show', () => {
  it('starts, waits for its stop, and stops', async () => {
    const run = show();

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
    const run = show();

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
    const run = show();
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
    const run = show();
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
    const run = show({ 'check-hard-stop': [{ status: 'PENDING' }, { status: 'DONE' }] });
    await run.begin();

    await run.seconds(10 + 900);
    expect(run.after('check-hard-stop')).toEqual(['check-hard-stop', 'await-stop']);
    await run.seconds(900 + 30);

    expect(run.after('check-hard-stop')).toEqual(expect.arrayContaining(['mark-stopping', 'stop-channel', 'mark-stopped']));
  });

  it('converts nothing when nothing is wanted', async () => {
    const run = show({ 'submit-conversion': [{ status: 'NONE' }] });
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
    const run = show(change);
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.tasks()).toEqual(expect.arrayContaining(['release-pipeline', 'measure-final', 'mark-final']));
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it('gives the pipeline back however often that fails', async () => {
    const run = show({ 'release-pipeline': [throwing('TypeError'), throwing('TypeError'), {}] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.tasks().filter((task) => task === 'release-pipeline')).toHaveLength(3);
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });

  it('tries passing faults again', async () => {
    const run = show({ 'start-channel': [throwing('Unavailable'), throwing('Lambda.Unknown'), {}] });

    await run.begin();
    await run.seconds(60);

    expect(run.after('start-channel')).toEqual(expect.arrayContaining(['await-stop']));
  });

  it('fails when the final measurement does, and says how to go on', async () => {
    const run = show({ 'measure-final': [{ status: 'FAILED' }] });
    const arn = await run.begin();
    await run.seconds(60);
    run.stop();

    await run.seconds(9000);

    expect(run.statusOf(arn)).toBe('FAILED');
    expect(run.engine.executions.get(arn)).toMatchObject({ error: 'UsageNotFinal' });
  });
});

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
    const run = show(change);
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
    const thrown = show({ 'prepare-channel': [throwing('Conflict', 'busy')] });
    const answered = show({ 'check-running': [{ status: 'FAILED', reason: 'no encoder' }] });

    for (const run of [thrown, answered]) {
      await run.begin();
      await run.seconds(600);
    }

    expect(thrown.last('end-failed').payload.error).toMatchObject({ Error: 'Conflict' });
    expect(answered.last('end-failed').payload.error).toEqual({ Error: 'ChannelFailed', Cause: 'no encoder' });
  });

  it('keeps stopping a channel that will not stop', async () => {
    const run = show({ 'start-channel': [throwing('TypeError')], 'check-idle': [{ status: 'FAILED', reason: 'stuck' }] });
    const arn = await run.begin();

    await run.seconds(3600);

    expect(run.tasks().filter((task) => task === 'ensure-stopped').length).toBeGreaterThan(100);
    expect(run.tasks()).not.toContain('end-failed');
    expect(run.statusOf(arn)).toBe('RUNNING');
  });

  it('is marked however often that fails, and gives its pipeline back then', async () => {
    const change = { 'start-channel': [throwing('TypeError')], 'end-failed': [throwing('Conflict'), throwing('TypeError'), { ...stopped, outcome: 'FAILED' }], 'restore-sources': [throwing('NotFound')], 'measure-provisional': [throwing('TypeError')] };
    const run = show(change);
    const arn = await run.begin();

    await run.seconds(9000);

    expect(run.last('end-failed').payload.error).toMatchObject({ Error: 'TypeError' });
    expect(run.tasks()).toContain('release-pipeline');
    expect(run.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'ShowFailed' });
  });

  it('and is SCHEDULED again does nothing more', async () => {
    const run = show({ 'prepare-channel': [throwing('Conflict', 'busy')], 'end-failed': [{ ...stopped, outcome: 'RETURNED' }] });
    const arn = await run.begin();

    await run.seconds(600);

    expect(run.after('ensure-stopped')).toEqual(['ensure-stopped', 'check-idle', 'check-idle', 'restore-sources', 'end-failed']);
    expect(run.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'ShowNotStarted' });
  });
});

describe('a show that goes over to another pipeline', () => {
  it('stops its channel, serves the tail, gives the pipeline back and leaves the rest', async () => {
    const run = show({ 'mark-stopping': [throwing('Conflict', 'attempt-over')], 'end-failed': [{ ...stopped, outcome: 'LEFT' }], 'submit-conversion': [{ status: 'NONE' }] });
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
    const run = show();
    const arn = await run.begin({ isRecovery: true });

    await run.seconds(9000);

    expect(run.tasks()[0]).toBe('ensure-stopped');
    expect(run.last('end-failed').payload.error).toMatchObject({ Error: 'ExecutionLost' });
    expect(run.tasks()).toEqual(expect.arrayContaining(['release-pipeline', 'measure-final', 'mark-final']));
    expect(run.statusOf(arn)).toBe('FAILED');
  });

  it('converts a show that had been completed', async () => {
    const run = show({ 'end-failed': [stopped] });
    const arn = await run.begin({ isRecovery: true });

    await run.seconds(9000);

    expect(run.tasks()).toContain('submit-conversion');
    expect(run.statusOf(arn)).toBe('SUCCEEDED');
  });
});

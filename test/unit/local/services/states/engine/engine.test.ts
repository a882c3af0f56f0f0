import { memoryStateStore } from '../../../../../../local/runtime/state/collection.ts';
import { awaiting, invoke, only, statesHarness, throwing } from '../../../../../support/states-harness.ts';

describe('engine', () => {
  it('runs a task and shapes its input and output', async () => {
    const harness = statesHarness({ invoke: ({ payload }) => ({ doubled: payload.n * 2 }) });

    const arn = await harness.run(only(invoke('double', { InputPath: '$.in', ResultPath: '$.out', OutputPath: '$.out', End: true })), { in: { n: 21 } });

    expect(harness.statusOf(arn)).toBe('SUCCEEDED');
    expect(harness.outputOf(arn)).toEqual({ value: { doubled: 42 } });
    expect(harness.calls).toEqual([{ functionName: 'double', payload: { n: 21 }, roleArn: 'arn:aws:iam::123456789012:role/show' }]);
    expect(harness.typesOf(arn)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
  });

  it('calls a function by its ARN and takes its bare answer', async () => {
    const harness = statesHarness({ invoke: () => 'plain' });

    const arn = await harness.run(only({ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true }), { a: 1 });

    expect(harness.outputOf(arn)).toBe('plain');
    expect(harness.typesOf(arn)).toContain('LambdaFunctionSucceeded');
  });

  it('gives the context object to payloads', async () => {
    const harness = statesHarness();

    const arn = await harness.run(only({ Type: 'Pass', Parameters: { 'name.$': '$$.Execution.Name', 'state.$': '$$.State.Name', 'input.$': '$$.Execution.Input.a', 'at.$': '$$.State.EnteredTime' }, End: true }), { a: 1 });

    expect(harness.outputOf(arn)).toEqual({ name: 'first', state: 'Only', input: 1, at: '2026-01-05T12:00:00.000Z' });
  });

  it('polls until a choice is made', async () => {
    const harness = statesHarness({ invoke: (_call, attempt) => ({ status: attempt < 3 ? 'PENDING' : 'DONE' }) });

    const arn = await harness.run({
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: 5, Next: 'Check' },
        Check: invoke('check', { ResultPath: '$.check', Next: 'Decide' }),
        Decide: { Type: 'Choice', Choices: [{ Variable: '$.check.value.status', StringEquals: 'PENDING', Next: 'Wait' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    });
    await harness.clock.advance(14_999);
    const before = harness.statusOf(arn);
    await harness.clock.advance(1);

    expect([before, harness.statusOf(arn), harness.calls.length]).toEqual(['RUNNING', 'SUCCEEDED', 3]);
  });

  it('waits until a timestamp of the input', async () => {
    const harness = statesHarness();

    const arn = await harness.run(only({ Type: 'Wait', TimestampPath: '$.until', End: true }), { until: '2026-03-05T12:00:00Z' });
    await harness.clock.advance(59 * 86_400_000 - 1);
    const before = harness.statusOf(arn);
    await harness.clock.advance(1);

    expect([before, harness.statusOf(arn)]).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('retries with backoff, then catches', async () => {
    const harness = statesHarness({ invoke: () => throwing('Unavailable', 'try later') });
    const retry = [{ ErrorEquals: ['Other'], MaxAttempts: 9 }, { ErrorEquals: ['Unavailable'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 }];

    const arn = await harness.run({
      StartAt: 'Try', States: { Try: invoke('f', { Retry: retry, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' }], End: true }), Caught: { Type: 'Succeed' } },
    }, { kept: true });
    const attempts: number[] = [harness.calls.length];
    for (const milliseconds of [2000, 6000, 10_000]) {
      await harness.clock.advance(milliseconds);
      attempts.push(harness.calls.length);
    }

    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(harness.outputOf(arn)).toMatchObject({ kept: true, error: { Error: 'Unavailable', Cause: expect.stringContaining('try later') } });
  });

  it('fails with what the function threw', async () => {
    const harness = statesHarness({ invoke: () => throwing('ChannelFailed', 'no input') });

    const arn = await harness.run(only(invoke('f', { End: true })));

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'ChannelFailed', cause: expect.stringContaining('"errorMessage":"no input"') });
  });

  it('reports a refused call as Lambda does', async () => {
    const harness = statesHarness({ invoke: () => ({ kind: 'service-error', name: 'AccessDeniedException', message: 'not authorized' }) });

    const arn = await harness.run(only(invoke('f', { End: true })));

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException', cause: 'not authorized' });
  });

  it('fails as a Fail state says', async () => {
    const harness = statesHarness();

    const arn = await harness.run(only({ Type: 'Fail', ErrorPath: '$.error', CausePath: "States.Format('because {}', $.why)" }), { error: 'Broken', why: 'x' });

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'because x' });
  });

  it('fails on paths that select nothing, past States.ALL', async () => {
    const harness = statesHarness();

    const arn = await harness.run({ StartAt: 'A', States: { A: invoke('f', { InputPath: '$.absent', End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }), B: { Type: 'Succeed' } } });

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining("state 'A' (entered at the event id #2)") });
  });

  it('ends a loop that never waits at the longest history', async () => {
    const harness = statesHarness();

    const arn = await harness.run({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'C' }], Default: 'A' }, C: { Type: 'Succeed' } } });

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('25000') });
  });

  it('refuses results over the payload limit', async () => {
    const harness = statesHarness({ invoke: () => 'x'.repeat(262_144) });

    const arn = await harness.run(only(invoke('f', { End: true })));

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('times out the whole execution', async () => {
    const harness = statesHarness();

    const arn = await harness.run({ TimeoutSeconds: 10, ...only({ Type: 'Wait', Seconds: 60, End: true }) });
    await harness.clock.advance(10_000);

    expect(harness.statusOf(arn)).toBe('TIMED_OUT');
  });

  it('aborts, and tells every change of status', async () => {
    const harness = statesHarness();
    const arn = await harness.run(only({ Type: 'Wait', Seconds: 60, End: true }));

    harness.engine.abort(arn, 'Stopped', 'by hand');
    await harness.clock.advance(60_000);

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
    expect(harness.events.map(({ source, detailType, detail }) => [source, detailType, detail['status']])).toEqual([
      ['aws.states', 'Step Functions Execution Status Change', 'RUNNING'],
      ['aws.states', 'Step Functions Execution Status Change', 'ABORTED'],
    ]);
    expect(harness.metrics.map(({ name }) => name)).toEqual(['ExecutionsStarted', 'ExecutionsAborted', 'ExecutionTime']);
  });

  it('goes on after a restart: waits, functions and tokens', async () => {
    const state = memoryStateStore();
    const stores = new Map<string, ReturnType<typeof state.collection>>();
    const kept = { collection: (name: string) => stores.get(name) ?? stores.set(name, state.collection(name)).get(name)! } as typeof state;
    const branches = [only({ Type: 'Wait', Seconds: 60, End: true }), only(invoke('slow', { OutputPath: '$.value', End: true })), only(awaiting())];
    const before = statesHarness({ state: kept, invoke: ({ functionName }) => (functionName === 'slow' ? new Promise<never>(() => undefined) : null) });
    const arn = await before.run(only({ Type: 'Parallel', End: true, Branches: branches }));
    const { token } = before.calls.find(({ functionName }) => functionName === 'ask')!.payload;
    await before.clock.advance(20_000);
    before.engine.close();

    const after = statesHarness({ state: kept, clock: before.clock, invoke: () => 'again' });
    after.engine.resume();
    after.engine.succeed(token, 'told');
    await after.clock.advance(39_999);
    const early = after.statusOf(arn);
    await after.clock.advance(1);

    expect(early).toBe('RUNNING');
    expect(after.calls.map(({ functionName }) => functionName)).toEqual(['slow']);
    expect(after.outputOf(arn)).toEqual([{}, 'again', 'told']);
  });
});

import { StateError } from '../../../../../../local/services/states/asl/state-error.ts';
import { awaiting, only, statesHarness } from '../../../../../support/states-harness.ts';

describe('task tokens', () => {
  it('waits for the token, not for the function', async () => {
    const harness = statesHarness({ invoke: () => null });

    const arn = await harness.run(only(awaiting()));
    const { token } = harness.calls[0]!.payload;
    const before = [harness.statusOf(arn), harness.engine.standing(token)];
    harness.engine.succeed(token, { stopped: true });

    expect(before).toEqual(['RUNNING', 'open']);
    expect([harness.statusOf(arn), harness.outputOf(arn), harness.engine.standing(token)]).toEqual(['SUCCEEDED', { stopped: true }, 'closed']);
  });

  it('takes the token even before the function has answered', async () => {
    let finish: (value: null) => void = () => undefined;
    const harness = statesHarness({ invoke: () => new Promise<null>((resolve) => { finish = resolve; }) });
    const arn = await harness.run(only(awaiting()));

    harness.engine.succeed(harness.calls[0]!.payload.token, 1);
    finish(null);
    await harness.clock.advance(0);

    expect([harness.statusOf(arn), harness.outputOf(arn)]).toEqual(['SUCCEEDED', 1]);
  });

  it('times out a token and hands on to the catcher', async () => {
    const harness = statesHarness({ invoke: () => null });

    const arn = await harness.run({ StartAt: 'Ask', States: { Ask: awaiting({ TimeoutSeconds: 900, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] }), Late: { Type: 'Pass', End: true } } });
    const { token } = harness.calls[0]!.payload;
    await harness.clock.advance(900_000);

    expect([harness.statusOf(arn), harness.outputOf(arn), harness.engine.standing(token)]).toEqual(['SUCCEEDED', { Error: 'States.Timeout', Cause: '' }, 'closed']);
  });

  it('lives on heartbeats and dies without', async () => {
    const harness = statesHarness({ invoke: () => null });

    const arn = await harness.run(only(awaiting({ TimeoutSeconds: 100, HeartbeatSeconds: 10 })));
    await harness.clock.advance(9000);
    harness.engine.heartbeat(harness.calls[0]!.payload.token);
    await harness.clock.advance(9000);
    const before = harness.statusOf(arn);
    await harness.clock.advance(1000);

    expect([before, harness.engine.executions.get(arn)?.error]).toEqual(['RUNNING', 'States.HeartbeatTimeout']);
  });

  it('takes a failure sent with the token', async () => {
    const harness = statesHarness({ invoke: () => null });
    const arn = await harness.run(only(awaiting()));

    harness.engine.fail(harness.calls[0]!.payload.token, new StateError('Denied', 'because'));

    expect(harness.engine.executions.get(arn)).toMatchObject({ status: 'FAILED', error: 'Denied', cause: 'because' });
  });

  it('tells unknown tokens from broken ones', async () => {
    const harness = statesHarness();
    const unknown = Buffer.from(JSON.stringify({ executionArn: 'x', frameId: '0', secret: 's' })).toString('base64url');

    expect([harness.engine.standing('rubbish'), harness.engine.standing(unknown)]).toEqual(['invalid', 'unknown']);
  });
});

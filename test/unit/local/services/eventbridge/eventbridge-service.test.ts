import type { CallContext, SchemaService } from '../../../../../local/gateway/service.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore, type StateStore } from '../../../../../local/runtime/state/collection.ts';
import type { LostEvent } from '../../../../../local/services/eventbridge/deliveries.ts';
import { createEventBridgeService } from '../../../../../local/services/eventbridge/eventbridge-service.ts';
import type { TargetOptions } from '../../../../../local/services/eventbridge/target-invoker.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { sharedStateStore } from '../../../../support/shared-state-store.ts';

const context: CallContext = { principal: { kind: 'operator' }, requestId: 'r', region: 'us-east-1', accountId: '123456789012' };
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:media-events';
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:lost';
const channelStopped = {
  source: 'aws.medialive',
  detailType: 'MediaLive Channel State Change',
  resources: ['arn:channel'],
  detail: { channel_arn: 'arn:channel', state: 'STOPPED' },
};

interface Invocation {
  readonly arn: string;
  readonly payload: string;
  readonly options: TargetOptions;
}

const start = (options: { state?: StateStore; fails?: () => Error | undefined } = {}) => {
  const clock = manualClock();
  const invocations: Invocation[] = [];
  const lost: LostEvent[] = [];
  const service = createEventBridgeService({
    state: options.state ?? memoryStateStore(),
    clock,
    timeScale: timeScale(1),
    accountId: '123456789012',
    region: 'us-east-1',
    onLost: (event) => lost.push(event),
    invokeTarget: async (arn, payload, targetOptions) => {
      const error = arn === queueArn ? undefined : options.fails?.();
      if (error) throw error;
      invocations.push({ arn, payload, options: targetOptions });
    },
  });
  const call = async (operation: string, input: object): Promise<unknown> => (service as SchemaService).operations[operation]!.handle(input, context);
  const rule = async (Name: string, input: object, target: object = {}) => {
    await call('PutRule', { Name, ...input });
    await call('PutTargets', { Rule: Name, Targets: [{ Id: 'one', Arn: functionArn, ...target }] });
  };
  return { clock, invocations, lost, service, call, rule };
};

const onMediaLive = { EventPattern: JSON.stringify({ source: ['aws.medialive'] }) };

describe('the default bus', () => {
  it('delivers a matching event a second later', async () => {
    const { clock, invocations, service, rule } = start();
    await rule('media', onMediaLive);
    await rule('other', { EventPattern: '{"source":["aws.s3"]}' });

    service.emit(channelStopped);

    await clock.advance(999);
    expect(invocations).toHaveLength(0);
    await clock.advance(1);
    expect(invocations).toHaveLength(1);
    expect(JSON.parse(invocations[0]!.payload)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'MediaLive Channel State Change',
      source: 'aws.medialive',
      account: '123456789012',
      time: '2026-11-23T10:00:00Z',
      region: 'us-east-1',
      resources: ['arn:channel'],
      detail: { channel_arn: 'arn:channel', state: 'STOPPED' },
    });
  });

  it('delivers nothing for a disabled rule', async () => {
    const { clock, invocations, service, call, rule } = start();
    await rule('media', onMediaLive);
    await call('DisableRule', { Name: 'media' });

    service.emit(channelStopped);
    await clock.advance(5_000);

    expect(invocations).toHaveLength(0);
  });

  it.each([
    ['a constant', { Input: '{"fixed":1}' }, '{"fixed":1}'],
    ['a part', { InputPath: '$.detail.state' }, '"STOPPED"'],
    [
      'a template',
      { InputTransformer: { InputPathsMap: { state: '$.detail.state', first: '$.resources[0]' }, InputTemplate: '{"now":"is <state>","raw":<state>,"from":<first>,"none":"<nothing>"}' } },
      '{"now":"is STOPPED","raw":"STOPPED","from":"arn:channel","none":""}',
    ],
  ])('gives a target %s of the event', async (_what, target, payload) => {
    const { clock, invocations, service, rule } = start();
    await rule('media', onMediaLive, target);

    service.emit(channelStopped);
    await clock.advance(1_000);

    expect(invocations.map((invocation) => invocation.payload)).toEqual([payload]);
  });

  it('tries again with growing pauses', async () => {
    const failures = [new Error('busy'), new Error('busy')];
    const { clock, invocations, service, rule } = start({ fails: () => failures.pop() });
    await rule('media', onMediaLive);

    service.emit(channelStopped);

    await clock.advance(3_999);
    expect(invocations).toHaveLength(0);
    await clock.advance(1);
    expect(invocations).toHaveLength(1);
  });

  it('gives up to the dead-letter queue after the last attempt', async () => {
    const { clock, invocations, lost, service, rule } = start({ fails: () => new Error('broken') });
    await rule('media', onMediaLive, { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: queueArn } });

    service.emit(channelStopped);
    await clock.advance(60_000);

    expect(invocations.map(({ arn }) => arn)).toEqual([queueArn]);
    expect(lost).toEqual([expect.objectContaining({ isInDeadLetterQueue: true })]);
  });

  it('does not try again what can never succeed', async () => {
    const { clock, lost, service, rule } = start({ fails: () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }) });
    await rule('media', onMediaLive);

    service.emit(channelStopped);
    await clock.advance(1_000);

    expect(lost).toEqual([expect.objectContaining({ isInDeadLetterQueue: false })]);
  });

  it('takes up deliveries after a restart', async () => {
    const shared = sharedStateStore();
    const before = start({ state: shared });
    await before.rule('media', onMediaLive);
    before.service.emit(channelStopped);
    await before.service.close();

    const after = start({ state: shared });
    await after.clock.advance(1_000);

    expect(before.invocations).toHaveLength(0);
    expect(after.invocations).toHaveLength(1);
  });

  it('fires a rate rule within a minute of its creation, then at the rate', async () => {
    const { clock, invocations, rule } = start();
    await rule('refresh', { ScheduleExpression: 'rate(1 hour)' });

    await clock.advance(61_000);
    expect(JSON.parse(invocations[0]!.payload)).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
    await clock.advance(3_600_000);
    expect(invocations).toHaveLength(2);
  });

  it('accepts events of its own sources only', async () => {
    const { call } = start();
    const entry = { Source: 'visionstream', DetailType: 'x', Detail: '{}' };

    const answer = await call('PutEvents', { Entries: [entry, { ...entry, Source: 'aws.s3' }, { ...entry, Detail: '[' }] });

    expect(answer).toMatchObject({ FailedEntryCount: 2, Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'NotAuthorizedForSourceException' }, { ErrorCode: 'MalformedDetail' }] });
  });

  it.each([
    ['a rule with neither pattern nor schedule', 'PutRule', { Name: 'x' }, 'ValidationException'],
    ['a wrong pattern', 'PutRule', { Name: 'x', EventPattern: '{}' }, 'InvalidEventPatternException'],
    ['a one-time schedule', 'PutRule', { Name: 'x', ScheduleExpression: 'at(2030-01-01T00:00:00)' }, 'ValidationException'],
    ['targets of an unknown rule', 'PutTargets', { Rule: 'nothing', Targets: [] }, 'ResourceNotFoundException'],
    ['another bus', 'ListRules', { EventBusName: 'mine' }, 'ResourceNotFoundException'],
  ])('rejects %s', async (_what, operation, input, name) => {
    await expect(start().call(operation, input)).rejects.toMatchObject({ name });
  });

  it('keeps a rule that has targets', async () => {
    const { call, rule } = start();
    await rule('media', onMediaLive);

    await expect(call('DeleteRule', { Name: 'media' })).rejects.toMatchObject({ name: 'ValidationException' });

    await call('RemoveTargets', { Rule: 'media', Ids: ['one'] });
    await call('DeleteRule', { Name: 'media' });
    expect(await call('ListRules', {})).toEqual({ Rules: [] });
  });
});

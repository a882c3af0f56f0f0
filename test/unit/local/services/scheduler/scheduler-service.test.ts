import type { CallContext } from '../../../../../local/gateway/service.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore, type StateStore } from '../../../../../local/runtime/state/collection.ts';
import { createSchedulerService } from '../../../../../local/services/scheduler/scheduler-service.ts';
import type { LostInvocation } from '../../../../../local/services/scheduler/target-invocation.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { sharedStateStore } from '../../../../support/shared-state-store.ts';

const context: CallContext = { principal: { kind: 'operator' }, requestId: 'r', region: 'us-east-1', accountId: '123456789012' };
const start = Date.parse('2026-11-23T10:00:00Z');
const RoleArn = 'arn:aws:iam::123456789012:role/hard-stop-schedule';
const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:hard-stop';

const open = (options: { state?: StateStore; at?: number; fails?: () => Error | undefined; denied?: string; untrusted?: boolean } = {}) => {
  const clock = manualClock(options.at ?? start);
  const invocations: { arn: string; payload: string; roleArn: string | undefined; at: string }[] = [];
  const lost: LostInvocation[] = [];
  const service = createSchedulerService({
    state: options.state ?? memoryStateStore(),
    clock,
    timeScale: timeScale(1),
    accountId: '123456789012',
    region: 'us-east-1',
    roles: {
      assume: (_roleArn, servicePrincipal) => {
        if (options.untrusted) throw new Error(`the role does not trust ${servicePrincipal}`);
        return { region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
      },
    },
    roleDenial: () => options.denied,
    onLost: (invocation) => lost.push(invocation),
    invokeTarget: async (arn, payload, { roleArn }) => {
      const error = options.fails?.();
      if (error) throw error;
      invocations.push({ arn, payload, roleArn, at: new Date(clock.now()).toISOString() });
    },
  });
  const call = async (operation: string, input: object): Promise<unknown> => service.operations[operation]!.handle(input, context);
  return { clock, service, call, invocations, lost };
};

const schedule = (more: object = {}) => ({
  Name: 'bko_1',
  ScheduleExpression: 'at(2026-11-23T11:00:00)',
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: { Arn, RoleArn, Input: '{"breakoutId":"bko_1"}' },
  ...more,
});

describe('a one-time schedule', () => {
  it('invokes its target under its role at its time, and is gone', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule());

    await clock.advance(3_599_999);
    expect(invocations).toHaveLength(0);
    await clock.advance(1);
    expect(invocations).toEqual([{ arn: Arn, payload: '{"breakoutId":"bko_1"}', roleArn: RoleArn, at: '2026-11-23T11:00:00.000Z' }]);
    await clock.advance(1);
    await expect(call('GetSchedule', { Name: 'bko_1' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('stays, once done, when it is not to be deleted', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule({ ActionAfterCompletion: 'NONE' }));

    await clock.advance(3 * 3_600_000);

    expect(invocations).toHaveLength(1);
    expect(await call('GetSchedule', { Name: 'bko_1' })).toMatchObject({ Name: 'bko_1', GroupName: 'default' });
  });

  it('fires at its new time when it is updated', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule());
    await call('UpdateSchedule', schedule({ ScheduleExpression: 'at(2026-11-23T12:30:00)' }));

    await clock.advance(4 * 3_600_000);

    expect(invocations.map(({ at }) => at)).toEqual(['2026-11-23T12:30:00.000Z']);
  });

  it('does not fire once deleted', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule());
    await call('DeleteSchedule', { Name: 'bko_1' });

    await clock.advance(2 * 3_600_000);

    expect(invocations).toHaveLength(0);
  });

  it('waits for a time farther away than timers reach', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule({ ScheduleExpression: 'at(2026-12-31T00:00:00)' }));

    await clock.advance(30 * 86_400_000);
    expect(invocations).toHaveLength(0);
    await clock.advance(8 * 86_400_000);
    expect(invocations.map(({ at }) => at)).toEqual(['2026-12-31T00:00:00.000Z']);
  });

  it('fires after a restart when its time passed meanwhile', async () => {
    const state = sharedStateStore();
    const before = open({ state });
    await before.call('CreateSchedule', schedule());
    await before.service.close();

    const after = open({ state, at: start + 2 * 3_600_000 });
    await after.clock.advance(1);

    expect(after.invocations).toHaveLength(1);
  });

  it('fires at once when its time has passed', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule({ ScheduleExpression: 'at(2026-11-23T09:00:00)' }));

    await clock.advance(1);

    expect(invocations).toHaveLength(1);
  });

  it('tries again until its target takes it', async () => {
    const failures = [new Error('busy'), new Error('busy')];
    const { call, clock, invocations } = open({ fails: () => failures.pop() });
    await call('CreateSchedule', schedule());

    await clock.advance(3_600_000 + 3_000);

    expect(invocations).toHaveLength(1);
  });

  it('gives up when its role may not invoke the target', async () => {
    const { call, clock, invocations, lost } = open({ denied: 'not authorized to perform: lambda:InvokeFunction' });
    await call('CreateSchedule', schedule());

    await clock.advance(3_600_000);

    expect(invocations).toHaveLength(0);
    expect(lost).toMatchObject([{ targetArn: Arn, error: { name: 'AccessDeniedException' } }]);
  });
});

describe('a recurring schedule', () => {
  it('begins at once and goes on at its rate until its end', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule({ ScheduleExpression: 'rate(10 minutes)', EndDate: new Date(start + 25 * 60_000) }));

    await clock.advance(3_600_000);

    expect(invocations.map(({ at }) => at.slice(11, 16))).toEqual(['10:00', '10:10', '10:20']);
  });

  it('rests while it is disabled', async () => {
    const { call, clock, invocations } = open();
    await call('CreateSchedule', schedule({ ScheduleExpression: 'cron(0/5 * * * ? *)', State: 'DISABLED' }));

    await clock.advance(3_600_000);

    expect(invocations).toHaveLength(0);
  });
});

describe('creating a schedule', () => {
  it('answers the same one for the same client token', async () => {
    const { call } = open();
    const first = await call('CreateSchedule', schedule({ ClientToken: 'once' }));

    expect(await call('CreateSchedule', schedule({ ClientToken: 'once' }))).toEqual(first);
    await expect(call('CreateSchedule', schedule({ ClientToken: 'twice' }))).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('needs its group', async () => {
    const { call } = open();
    await expect(call('CreateSchedule', schedule({ GroupName: 'shows' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

    await call('CreateScheduleGroup', { Name: 'shows' });
    await call('CreateSchedule', schedule({ GroupName: 'shows' }));

    expect(await call('ListSchedules', { GroupName: 'shows' })).toMatchObject({ Schedules: [{ Name: 'bko_1', Target: { Arn } }] });
    await call('DeleteScheduleGroup', { Name: 'shows' });
    expect(await call('ListSchedules', {})).toEqual({ Schedules: [] });
  });

  it.each([
    ['a wrong expression', { ScheduleExpression: 'at(tomorrow)' }],
    ['another time zone', { ScheduleExpressionTimezone: 'Europe/Stockholm' }],
    ['a wrong name', { Name: 'a/b' }],
    ['a target of another service', { Target: { Arn: 'arn:aws:sns:us-east-1:123456789012:topic', RoleArn } }],
  ])('rejects %s', async (_what, more) => {
    await expect(open().call('CreateSchedule', schedule(more))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('rejects a role that does not trust the scheduler', async () => {
    await expect(open({ untrusted: true }).call('CreateSchedule', schedule())).rejects.toThrow('must allow AWS EventBridge Scheduler to assume the role');
  });

  it('asks for the right to pass the role', () => {
    const { service } = open();

    expect(service.operations['CreateSchedule']!.permissions(schedule({ GroupName: 'shows' }), context)).toEqual([
      { action: 'scheduler:CreateSchedule', resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/shows/bko_1'] },
      { action: 'iam:PassRole', resources: [RoleArn] },
    ]);
  });
});

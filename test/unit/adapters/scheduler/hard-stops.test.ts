import { ConflictException, CreateScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { schedulerHardStops } from '../../../../lambda/adapters/scheduler/hard-stops.ts';

const scheduler = mockClient(SchedulerClient);
const hardStops = schedulerHardStops(new SchedulerClient({ region: 'us-east-1' }), { groupName: 'stops', functionArn: 'arn:function', roleArn: 'arn:role' });

beforeEach(() => scheduler.reset());

describe('a hard stop', () => {
  it('is a schedule that fires once, never before its time', async () => {
    scheduler.on(CreateScheduleCommand).resolves({});

    await hardStops.set('bko_1', '2026-11-23T11:02:00.001Z');

    expect(scheduler.commandCalls(CreateScheduleCommand)[0]?.args[0].input).toMatchObject({
      Name: 'bko_1', GroupName: 'stops', ScheduleExpression: 'at(2026-11-23T11:02:01)', ScheduleExpressionTimezone: 'UTC', ActionAfterCompletion: 'DELETE',
      FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'arn:function', RoleArn: 'arn:role', Input: '{"breakoutId":"bko_1"}' },
    });
  });

  it('moves when it is set again', async () => {
    scheduler.on(CreateScheduleCommand).rejects(new ConflictException({ message: 'exists', Message: 'exists', $metadata: {} })).on(UpdateScheduleCommand).resolves({});

    await hardStops.set('bko_1', '2026-11-23T12:02:00.000Z');

    expect(scheduler.commandCalls(UpdateScheduleCommand)[0]?.args[0].input).toMatchObject({ Name: 'bko_1', ScheduleExpression: 'at(2026-11-23T12:02:00)' });
  });
});

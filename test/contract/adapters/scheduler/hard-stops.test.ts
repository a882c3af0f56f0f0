import { CreateScheduleGroupCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { schedulerHardStops } from '../../../../lambda/adapters/scheduler/hard-stops.ts';
import { systemClock, timeScale } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSchedulerService, type SchedulerService } from '../../../../local/services/scheduler/scheduler-service.ts';
import { until } from '../../../support/until.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const target = { groupName: 'hard-stops', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:hard-stop', roleArn: 'arn:aws:iam::123456789012:role/hard-stop' };
const invoked: unknown[] = [];
let service: SchedulerService;
let gateway: LocalGateway;
let client: SchedulerClient;

beforeAll(async () => {
  service = createSchedulerService({
    ...{ state: memoryStateStore(), clock: systemClock, timeScale: timeScale(Infinity), accountId: '123456789012', region: 'us-east-1' },
    roles: { assume: () => gateway.settings },
    roleDenial: () => undefined,
    invokeTarget: async (arn, payload) => void invoked.push([arn, JSON.parse(payload)]),
  });
  gateway = await startGateway({ services: [service] });
  client = new SchedulerClient(gateway.settings);
  await client.send(new CreateScheduleGroupCommand({ Name: target.groupName }));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

const scheduled = async (Name: string): Promise<string | undefined> =>
  (await client.send(new GetScheduleCommand({ GroupName: target.groupName, Name }))).ScheduleExpression;

describe('hard stops on a schedule', () => {
  it('are set once and moved, to whole seconds that are not earlier', async () => {
    const hardStops = schedulerHardStops(client, target);

    await hardStops.set('bko_moved', '2099-01-01T00:00:00.000Z');
    expect(await scheduled('bko_moved')).toBe('at(2099-01-01T00:00:00)');

    await hardStops.set('bko_moved', '2099-01-01T01:00:00.001Z');
    expect(await scheduled('bko_moved')).toBe('at(2099-01-01T01:00:01)');
  });

  it('name the show to the function when they fire, and are gone', async () => {
    await schedulerHardStops(client, target).set('bko_due', new Date().toISOString());

    await until('the call of the function', () => invoked.length > 0);

    expect(invoked).toEqual([[target.functionArn, { breakoutId: 'bko_due' }]]);
    await until('the schedule to be gone', async () => (await scheduled('bko_due').catch(() => 'gone')) === 'gone');
  });

  it('fail where there is no such group', async () => {
    await expect(schedulerHardStops(client, { ...target, groupName: 'none' }).set('bko_lost', '2099-01-01T00:00:00.000Z')).rejects.toThrow('none');
  });
});

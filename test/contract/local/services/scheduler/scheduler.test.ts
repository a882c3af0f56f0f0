import {
  ConflictException,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { systemClock, timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createSchedulerService, type SchedulerService } from '../../../../../local/services/scheduler/scheduler-service.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

let service: SchedulerService;
let gateway: LocalGateway;
let client: SchedulerClient;
let invoked: (payload: string) => void = () => undefined;

beforeAll(async () => {
  service = createSchedulerService({
    state: memoryStateStore(),
    clock: systemClock,
    timeScale: timeScale(Infinity),
    accountId: '123456789012',
    region: 'us-east-1',
    roles: { assume: () => gateway.settings },
    roleDenial: () => undefined,
    invokeTarget: async (_arn, payload) => invoked(payload),
  });
  gateway = await startGateway({ services: [service] });
  client = new SchedulerClient({ ...gateway.settings, maxAttempts: 1 });
  await client.send(new CreateScheduleGroupCommand({ Name: 'shows' }));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

const schedule = (Name: string, more: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
  Name,
  GroupName: 'shows',
  ScheduleExpression: 'at(2099-01-01T00:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: { Arn: 'arn:aws:lambda:us-east-1:123456789012:function:hard-stop', RoleArn: 'arn:aws:iam::123456789012:role/hard-stop', Input: `{"breakoutId":"${Name}"}` },
  ...more,
});

describe('EventBridge Scheduler through the gateway', () => {
  it('creates, shows, changes, lists and deletes schedules', async () => {
    const { ScheduleArn } = await client.send(new CreateScheduleCommand(schedule('bko_1')));
    await client.send(new UpdateScheduleCommand(schedule('bko_1', { ScheduleExpression: 'at(2098-01-01T00:00:00)' })));

    const found = await client.send(new GetScheduleCommand({ Name: 'bko_1', GroupName: 'shows' }));
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:123456789012:schedule/shows/bko_1');
    expect(found).toMatchObject({ ScheduleExpression: 'at(2098-01-01T00:00:00)', ActionAfterCompletion: 'DELETE', CreationDate: expect.any(Date) });
    expect((await client.send(new ListSchedulesCommand({ GroupName: 'shows' }))).Schedules).toHaveLength(1);

    await client.send(new DeleteScheduleCommand({ Name: 'bko_1', GroupName: 'shows' }));
    await expect(client.send(new GetScheduleCommand({ Name: 'bko_1', GroupName: 'shows' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('invokes the target of a schedule that is due', async () => {
    const arrives = new Promise<string>((resolve) => (invoked = resolve));

    await client.send(new CreateScheduleCommand(schedule('bko_2', { ScheduleExpression: 'at(2020-01-01T00:00:00)' })));

    expect(JSON.parse(await arrives)).toEqual({ breakoutId: 'bko_2' });
  });

  it('answers the modelled errors', async () => {
    await client.send(new CreateScheduleCommand(schedule('bko_3')));

    await expect(client.send(new CreateScheduleCommand(schedule('bko_3')))).rejects.toBeInstanceOf(ConflictException);
    await expect(client.send(new CreateScheduleCommand(schedule('bko_4', { ScheduleExpression: 'soon' })))).rejects.toBeInstanceOf(ValidationException);
    await expect(client.send(new CreateScheduleCommand(schedule('bko_4', { GroupName: 'nothing' })))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

import {
  DescribeRuleCommand,
  EventBridgeClient,
  InvalidEventPatternException,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { systemClock, timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createEventBridgeService, type EventBridgeService } from '../../../../../local/services/eventbridge/eventbridge-service.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

const Arn = 'arn:aws:sqs:us-east-1:123456789012:events';
let service: EventBridgeService;
let gateway: LocalGateway;
let client: EventBridgeClient;
let delivered: (payload: string) => void = () => undefined;

beforeAll(async () => {
  service = createEventBridgeService({
    state: memoryStateStore(),
    clock: systemClock,
    timeScale: timeScale(Infinity),
    accountId: '123456789012',
    region: 'us-east-1',
    invokeTarget: async (_arn, payload) => delivered(payload),
  });
  gateway = await startGateway({ services: [service] });
  client = new EventBridgeClient({ ...gateway.settings, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

describe('EventBridge through the gateway', () => {
  it('delivers an event that was put to the target of a rule', async () => {
    const EventPattern = JSON.stringify({ source: ['visionstream'], detail: { bytes: [{ numeric: ['>', 5] }] } });
    const { RuleArn } = await client.send(new PutRuleCommand({ Name: 'usage', EventPattern, Description: 'usage events' }));
    await client.send(new PutTargetsCommand({ Rule: 'usage', Targets: [{ Id: 'queue', Arn, InputPath: '$.detail' }] }));
    const arrives = new Promise<string>((resolve) => (delivered = resolve));

    await client.send(new PutEventsCommand({ Entries: [{ Source: 'visionstream', DetailType: 'Usage Measured', Detail: '{"bytes":6}' }] }));

    expect(JSON.parse(await arrives)).toEqual({ bytes: 6 });
    expect(RuleArn).toBe('arn:aws:events:us-east-1:123456789012:rule/usage');
    expect(await client.send(new DescribeRuleCommand({ Name: 'usage' }))).toMatchObject({ EventPattern, State: 'ENABLED', Description: 'usage events' });
    expect((await client.send(new ListRulesCommand({ NamePrefix: 'us' }))).Rules).toHaveLength(1);
    expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'usage' }))).Targets).toEqual([{ Id: 'queue', Arn, InputPath: '$.detail' }]);
  });

  it('answers the modelled errors', async () => {
    await expect(client.send(new PutRuleCommand({ Name: 'x', EventPattern: '{"source":"a"}' }))).rejects.toBeInstanceOf(InvalidEventPatternException);
    await expect(client.send(new DescribeRuleCommand({ Name: 'nothing' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

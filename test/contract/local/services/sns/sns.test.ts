import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createSnsService } from '../../../../../local/services/sns/sns-service.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

interface Delivery {
  readonly arn: string;
  readonly payload: string;
  readonly sourceArn: string | undefined;
}

const queueArn = 'arn:aws:sqs:us-east-1:123456789012:watchers';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:watch';

let gateway: LocalGateway;
let client: SNSClient;
let deliveries: Delivery[] = [];
const lost: unknown[] = [];

beforeAll(async () => {
  const service = createSnsService({
    state: memoryStateStore(),
    clock: { ...systemClock, now: () => Date.UTC(2026, 10, 23, 10) },
    invokeTarget: async (arn, payload, { sourceArn }) => {
      if (arn.endsWith('gone')) throw new Error('it is gone');
      deliveries.push({ arn, payload, sourceArn });
    },
    onLost: ({ error }) => lost.push(error),
  });
  gateway = await startGateway({ services: [service] });
  client = new SNSClient({ ...gateway.settings, maxAttempts: 1 });
});

beforeEach(() => {
  deliveries = [];
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

let made = 0;

const aTopic = async (): Promise<string> => {
  made += 1;
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: `topic-${made}`, Attributes: { DisplayName: 'Shows' } }));
  return TopicArn ?? '';
};

const subscribe = async (TopicArn: string, Endpoint: string, Attributes: Record<string, string> = {}): Promise<string> => {
  const { SubscriptionArn } = await client.send(new SubscribeCommand({ TopicArn, Protocol: Endpoint.split(':')[2], Endpoint, Attributes }));
  return SubscriptionArn ?? '';
};

const bodies = () => deliveries.map(({ payload }): unknown => JSON.parse(payload));

describe('topics', () => {
  it('are described as they were made', async () => {
    const TopicArn = await aTopic();
    await client.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: '{"Version":"2012-10-17"}' }));

    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));

    expect(Attributes).toMatchObject({ TopicArn, Owner: '123456789012', DisplayName: 'Shows', Policy: '{"Version":"2012-10-17"}', SubscriptionsConfirmed: '0' });
  });

  it('are made once however often', async () => {
    const TopicArn = await aTopic();

    await expect(client.send(new CreateTopicCommand({ Name: TopicArn.split(':').at(-1) }))).resolves.toMatchObject({ TopicArn });
    await expect(client.send(new CreateTopicCommand({ Name: TopicArn.split(':').at(-1), Attributes: { DisplayName: 'Other' } }))).rejects.toThrow(InvalidParameterException);
  });

  it('take their subscriptions with them', async () => {
    const TopicArn = await aTopic();
    const SubscriptionArn = await subscribe(TopicArn, queueArn);

    await client.send(new DeleteTopicCommand({ TopicArn }));

    await expect(client.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toThrow(NotFoundException);
    await expect(client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).rejects.toThrow(NotFoundException);
  });

  it.each(['shows.fifo', 'a b', ''])('reject the name %j', async (Name) => {
    await expect(client.send(new CreateTopicCommand({ Name }))).rejects.toThrow(InvalidParameterException);
  });

  it('reject attributes that nothing follows', async () => {
    const TopicArn = await aTopic();

    await expect(client.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue: '{}' }))).rejects.toThrow(/DeliveryPolicy is not implemented/);
  });
});

describe('what is published', () => {
  it('reaches a queue in the documented envelope', async () => {
    const TopicArn = await aTopic();
    const subscriptionArn = await subscribe(TopicArn, queueArn);

    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn, Subject: 'Input lost', Message: '{"name":"LOST"}', MessageAttributes: { type: { DataType: 'String', StringValue: 'INPUT' } } }),
    );

    expect(deliveries).toMatchObject([{ arn: queueArn, sourceArn: TopicArn }]);
    expect(bodies()).toEqual([
      {
        ...{ Type: 'Notification', MessageId, TopicArn, Subject: 'Input lost', Message: '{"name":"LOST"}', Timestamp: '2026-11-23T10:00:00.000Z' },
        ...{ SignatureVersion: '1', Signature: expect.any(String), SigningCertURL: expect.stringContaining('https://sns.us-east-1.amazonaws.com/') },
        UnsubscribeURL: expect.stringContaining(subscriptionArn),
        MessageAttributes: { type: { Type: 'String', Value: 'INPUT' } },
      },
    ]);
  });

  it('reaches a function as its event', async () => {
    const TopicArn = await aTopic();
    const EventSubscriptionArn = await subscribe(TopicArn, functionArn);

    await client.send(new PublishCommand({ TopicArn, Message: 'hello' }));

    expect(bodies()).toMatchObject([{ Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn, Sns: { Type: 'Notification', Subject: null, Message: 'hello', MessageAttributes: {} } }] }]);
  });

  it('reaches a queue bare with raw delivery', async () => {
    const TopicArn = await aTopic();
    await subscribe(TopicArn, queueArn, { RawMessageDelivery: 'true' });

    await client.send(new PublishCommand({ TopicArn, Message: 'bare' }));

    expect(deliveries.map(({ payload }) => payload)).toEqual(['bare']);
  });

  it('reaches whom filters let it through to', async () => {
    const TopicArn = await aTopic();
    const SubscriptionArn = await subscribe(TopicArn, queueArn, { RawMessageDelivery: 'true' });
    await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"accountId":["acc_1"]}' }));
    const publish = (Message: string, accountId: string) => client.send(new PublishCommand({ TopicArn, Message, MessageAttributes: { accountId: { DataType: 'String', StringValue: accountId } } }));

    await publish('mine', 'acc_1');
    await publish('theirs', 'acc_2');

    expect(deliveries.map(({ payload }) => payload)).toEqual(['mine']);
  });

  it('reaches the others when one subscriber is gone', async () => {
    const TopicArn = await aTopic();
    await subscribe(TopicArn, `${queueArn}-gone`);
    await subscribe(TopicArn, queueArn);

    await client.send(new PublishCommand({ TopicArn, Message: 'hello' }));

    expect(deliveries).toHaveLength(1);
    expect(lost).toEqual([new Error('it is gone')]);
  });

  it('reaches nobody who has left', async () => {
    const TopicArn = await aTopic();
    const SubscriptionArn = await subscribe(TopicArn, queueArn);
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));

    await client.send(new PublishCommand({ TopicArn, Message: 'hello' }));

    expect(deliveries).toEqual([]);
  });

  it.each([
    ['an empty message', { Message: '' }],
    ['a subject of two lines', { Message: 'm', Subject: 'a\nb' }],
    ['a telephone number', { Message: 'm', PhoneNumber: '+441' }],
    ['a message of a structure', { Message: '{}', MessageStructure: 'json' }],
    ['a message above 256 KB', { Message: 'x'.repeat(262_145) }],
  ])('rejects %s', async (_, input) => {
    const TopicArn = await aTopic();

    await expect(client.send(new PublishCommand({ TopicArn, ...input }))).rejects.toThrow(InvalidParameterException);
  });

  it('rejects a topic that is not there', async () => {
    await expect(client.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:none', Message: 'm' }))).rejects.toThrow(NotFoundException);
  });
});

describe('subscriptions', () => {
  it('are confirmed at once and made once', async () => {
    const TopicArn = await aTopic();
    const first = await subscribe(TopicArn, queueArn);
    const second = await subscribe(TopicArn, queueArn);

    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));

    expect(second).toBe(first);
    expect(Subscriptions).toEqual([{ SubscriptionArn: first, TopicArn, Protocol: 'sqs', Endpoint: queueArn, Owner: '123456789012' }]);
  });

  it.each([
    ['mail', { Protocol: 'email', Endpoint: 'a@example.com' }],
    ['a queue that is no queue', { Protocol: 'sqs', Endpoint: functionArn }],
    ['raw delivery to a function', { Protocol: 'lambda', Endpoint: functionArn, Attributes: { RawMessageDelivery: 'true' } }],
    ['a filter that is not JSON', { Protocol: 'sqs', Endpoint: queueArn, Attributes: { FilterPolicy: '{' } }],
    ['an unknown attribute', { Protocol: 'sqs', Endpoint: queueArn, Attributes: { RedrivePolicy: '{}' } }],
  ])('reject %s', async (_, input) => {
    const TopicArn = await aTopic();

    await expect(client.send(new SubscribeCommand({ TopicArn, ...input }))).rejects.toThrow(InvalidParameterException);
  });
});

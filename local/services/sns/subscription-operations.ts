import { randomUUID } from 'node:crypto';
import type * as sns from '@aws-sdk/client-sns';
import type { Operations } from '../../gateway/define-service.ts';
import { compilePattern } from '../eventbridge/event-pattern.ts';
import { invalidParameter, onTopic, refuseUnknown, type SubscriptionRecord, type Topics } from './topics.ts';

const subscriptionAttributes = ['RawMessageDelivery', 'FilterPolicy'] as const;

/** Queues and functions are subscribed at once; what must confirm first is on no machine of one's own. */
const protocolOf = (protocol: string): SubscriptionRecord['protocol'] => {
  if (protocol === 'sqs' || protocol === 'lambda') return protocol;
  throw invalidParameter('Protocol', `${protocol} is not implemented: allowed are sqs, lambda`);
};

const checked = (attributes: Readonly<Record<string, string>>, protocol: SubscriptionRecord['protocol']): Readonly<Record<string, string>> => {
  refuseUnknown(Object.keys(attributes), subscriptionAttributes);
  const { RawMessageDelivery: raw, FilterPolicy: filter } = attributes;
  if (raw !== undefined && !['true', 'false'].includes(raw)) throw invalidParameter('RawMessageDelivery', `got ${JSON.stringify(raw)}; allowed are true, false`);
  if (raw === 'true' && protocol === 'lambda') throw invalidParameter('RawMessageDelivery', 'functions take the envelope only');
  if (filter !== undefined) checkFilter(filter);
  return attributes;
};

const checkFilter = (filter: string): void => {
  try {
    compilePattern(filter);
  } catch (error) {
    throw invalidParameter('FilterPolicy', error instanceof Error ? error.message : String(error));
  }
};

const endpointService = { sqs: /^arn:aws:sqs:/, lambda: /^arn:aws:lambda:/ };

const described = ({ arn, topicArn, protocol, endpoint }: SubscriptionRecord, owner: string): sns.Subscription => ({
  SubscriptionArn: arn,
  Owner: owner,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});

/** Subscriptions of queues and functions. */
export const subscriptionOperations = ({ topic, subscription, subscriptions, subscribersOf }: Topics): Operations<typeof sns> => ({
  Subscribe: {
    permissions: ({ TopicArn }) => onTopic('Subscribe', TopicArn),
    handle: ({ TopicArn, Protocol, Endpoint = '', Attributes = {} }) => {
      const { arn: topicArn } = topic(TopicArn);
      const protocol = protocolOf(Protocol);
      if (!endpointService[protocol].test(Endpoint)) throw invalidParameter('Endpoint', `got ${JSON.stringify(Endpoint)}; allowed is the ARN of a ${protocol === 'sqs' ? 'queue' : 'function'}`);
      const attributes = checked(Attributes, protocol);
      const known = subscribersOf(topicArn).find((one) => one.endpoint === Endpoint);
      if (known && JSON.stringify(known.attributes) !== JSON.stringify(attributes)) throw invalidParameter('Attributes', 'Subscription already exists with different attributes');
      const arn = known?.arn ?? `${topicArn}:${randomUUID()}`;
      subscriptions.put(arn, { arn, topicArn, protocol, endpoint: Endpoint, attributes });
      return { SubscriptionArn: arn };
    },
  },
  Unsubscribe: {
    permissions: ({ SubscriptionArn }) => onTopic('Unsubscribe', SubscriptionArn),
    handle: ({ SubscriptionArn }) => {
      subscriptions.delete(SubscriptionArn);
      return {};
    },
  },
  GetSubscriptionAttributes: {
    permissions: ({ SubscriptionArn }) => onTopic('GetSubscriptionAttributes', SubscriptionArn),
    handle: ({ SubscriptionArn }, { accountId }) => {
      const { attributes, topicArn, protocol, endpoint } = subscription(SubscriptionArn);
      const fixed = { SubscriptionArn, TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint, Owner: accountId, PendingConfirmation: 'false' };
      return { Attributes: { RawMessageDelivery: 'false', ...attributes, ...fixed } };
    },
  },
  SetSubscriptionAttributes: {
    permissions: ({ SubscriptionArn }) => onTopic('SetSubscriptionAttributes', SubscriptionArn),
    handle: ({ SubscriptionArn, AttributeName, AttributeValue = '' }) => {
      const known = subscription(SubscriptionArn);
      const attributes = checked({ ...known.attributes, [AttributeName]: AttributeValue }, known.protocol);
      subscriptions.put(known.arn, { ...known, attributes });
      return {};
    },
  },
  ListSubscriptionsByTopic: {
    permissions: ({ TopicArn }) => onTopic('ListSubscriptionsByTopic', TopicArn),
    handle: ({ TopicArn }, { accountId }) => ({ Subscriptions: subscribersOf(topic(TopicArn).arn).map((one) => described(one, accountId)) }),
  },
});

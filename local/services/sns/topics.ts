import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import type { CallContext, Permission } from '../../gateway/service.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A topic as it is kept, by its ARN. */
export interface TopicRecord {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A subscription as it is kept, by its ARN. */
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: 'sqs' | 'lambda';
  /** The ARN of a queue or a function. */
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Topics and who subscribes to them. */
export interface Topics {
  readonly topics: Collection<TopicRecord>;
  readonly subscriptions: Collection<SubscriptionRecord>;
  /** @throws NotFoundException */
  readonly topic: (arn: string) => TopicRecord;
  /** @throws NotFoundException */
  readonly subscription: (arn: string) => SubscriptionRecord;
  readonly subscribersOf: (topicArn: string) => readonly SubscriptionRecord[];
}

/** The error of a parameter, in SNS's own form. */
export const invalidParameter = (name: string, why: string): InvalidParameterException =>
  new InvalidParameterException({ message: `Invalid parameter: ${name} Reason: ${why}`, $metadata: {} });

/** The permission to act on a topic. */
export const onTopic = (action: string, topicArn: string | undefined): Permission[] => [{ action: `sns:${action}`, resources: [topicArn ?? '*'] }];

export const topicArnOf = (name: string, { region, accountId }: CallContext): string => `arn:aws:sns:${region}:${accountId}:${name}`;

/** Refuses attributes that nothing here follows. @throws InvalidParameterException that names them */
export const refuseUnknown = (names: readonly string[], known: readonly string[]): void => {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalidParameter('AttributeName', `${unknown.join(', ')} is not implemented: known are ${known.join(', ')}`);
};

/** Opens what is kept in the state. */
export const openTopics = (state: StateStore): Topics => {
  const topics: Collection<TopicRecord> = state.collection('sns/topics');
  const subscriptions: Collection<SubscriptionRecord> = state.collection('sns/subscriptions');
  return {
    topics,
    subscriptions,
    topic: (arn) => {
      const topic = topics.get(arn);
      if (!topic) throw new NotFoundException({ message: 'Topic does not exist', $metadata: {} });
      return topic;
    },
    subscription: (arn) => {
      const subscription = subscriptions.get(arn);
      if (!subscription) throw new NotFoundException({ message: 'Subscription does not exist', $metadata: {} });
      return subscription;
    },
    subscribersOf: (topicArn) => [...subscriptions.values()].filter((subscription) => subscription.topicArn === topicArn),
  };
};

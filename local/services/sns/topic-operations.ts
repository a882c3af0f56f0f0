import type * as sns from '@aws-sdk/client-sns';
import type { Operations } from '../../gateway/define-service.ts';
import { invalidParameter, onTopic, refuseUnknown, topicArnOf, type Topics } from './topics.ts';

const topicAttributes = ['DisplayName', 'Policy', 'KmsMasterKeyId'] as const;

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const topicName = /^[A-Za-z0-9_-]{1,256}$/;

/** Topics: created, described, changed, listed and deleted. */
export const topicOperations = ({ topics, topic, subscriptions, subscribersOf }: Topics): Operations<typeof sns> => ({
  CreateTopic: {
    permissions: ({ Name }, context) => onTopic('CreateTopic', topicArnOf(Name, context)),
    handle: ({ Name, Attributes = {} }, context) => {
      if (!topicName.test(Name)) throw invalidParameter('Topic Name', `got ${JSON.stringify(Name)}; allowed are standard topics of 1 to 256 letters, digits, "-" and "_"`);
      refuseUnknown(Object.keys(Attributes), topicAttributes);
      const arn = topicArnOf(Name, context);
      // Making what exists answers its ARN, unless it is made otherwise.
      const known = topics.get(arn);
      if (known && Object.entries(Attributes).some(([name, value]) => known.attributes[name] !== value)) throw invalidParameter('Attributes', 'Topic already exists with different attributes');
      if (!known) topics.put(arn, { arn, attributes: Attributes });
      return { TopicArn: arn };
    },
  },
  DeleteTopic: {
    permissions: ({ TopicArn }) => onTopic('DeleteTopic', TopicArn),
    handle: ({ TopicArn }) => {
      for (const { arn } of subscribersOf(TopicArn)) subscriptions.delete(arn);
      topics.delete(TopicArn);
      return {};
    },
  },
  GetTopicAttributes: {
    permissions: ({ TopicArn }) => onTopic('GetTopicAttributes', TopicArn),
    handle: ({ TopicArn }, { accountId }) => ({
      Attributes: {
        ...topic(TopicArn).attributes,
        TopicArn,
        Owner: accountId,
        SubscriptionsConfirmed: String(subscribersOf(TopicArn).length),
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
      },
    }),
  },
  SetTopicAttributes: {
    permissions: ({ TopicArn }) => onTopic('SetTopicAttributes', TopicArn),
    handle: ({ TopicArn, AttributeName, AttributeValue = '' }) => {
      refuseUnknown([AttributeName], topicAttributes);
      const { attributes } = topic(TopicArn);
      topics.put(TopicArn, { arn: TopicArn, attributes: { ...attributes, [AttributeName]: AttributeValue } });
      return {};
    },
  },
  ListTopics: {
    permissions: () => onTopic('ListTopics', undefined),
    handle: () => ({ Topics: [...topics.values()].map(({ arn }) => ({ TopicArn: arn })) }),
  },
});

import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, generatedName, kept, required, tagsAreInert, type ResourceProvider } from '../resource-provider.ts';

const topicAttributes = ['DisplayName', 'KmsMasterKeyId'] as const;

const subscription = z.object({ TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string(), RawMessageDelivery: z.boolean().optional(), FilterPolicy: z.unknown() });

/** AWS::SNS::Topic, TopicPolicy and Subscription. */
export const snsProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SNSClient({ ...settings });
  return [
    {
      type: 'AWS::SNS::Topic',
      properties: { ...enforced('TopicName'), ...kept('nothing is encrypted at rest on this machine, and nobody is sent mail', ...topicAttributes), ...tagsAreInert },
      create: async (properties, context) => {
        const Name = z.string().parse(properties['TopicName'] ?? generatedName(context, 256));
        const Attributes = Object.fromEntries(topicAttributes.filter((name) => properties[name] !== undefined).map((name) => [name, String(properties[name])]));
        const { TopicArn } = await client.send(new CreateTopicCommand({ Name, Attributes }));
        const arn = required(TopicArn, 'the ARN');
        return { physicalId: arn, attributes: { TopicArn: arn, TopicName: Name } };
      },
    },
    {
      type: 'AWS::SNS::TopicPolicy',
      properties: { ...enforced('Topics'), ...kept('step 7: only policies of identities decide here', 'PolicyDocument') },
      create: async (properties, context) => {
        const { Topics, PolicyDocument } = z.object({ Topics: z.array(z.string()), PolicyDocument: z.unknown() }).parse(properties);
        for (const TopicArn of Topics) await client.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) }));
        return { physicalId: generatedName(context, 80), attributes: {} };
      },
    },
    {
      type: 'AWS::SNS::Subscription',
      properties: enforced('TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery', 'FilterPolicy'),
      create: async (properties) => {
        const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy } = subscription.parse(properties);
        const Attributes = {
          ...(RawMessageDelivery !== undefined && { RawMessageDelivery: String(RawMessageDelivery) }),
          ...(FilterPolicy !== undefined && { FilterPolicy: JSON.stringify(FilterPolicy) }),
        };
        const { SubscriptionArn } = await client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }));
        const arn = required(SubscriptionArn, 'the ARN');
        return { physicalId: arn, attributes: { Arn: arn } };
      },
    },
  ];
};

import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, kept, required, tagsAreInert, type ResourceProvider } from '../resource-provider.ts';

const enforcedAttributes = ['VisibilityTimeout', 'MessageRetentionPeriod'] as const;
const keptAttributes = ['ReceiveMessageWaitTimeSeconds', 'DelaySeconds', 'MaximumMessageSize'] as const;
const queueAttributes = [...enforcedAttributes, ...keptAttributes];

const queueProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SQSClient({ ...settings });
  return [
    {
      type: 'AWS::SQS::Queue',
      properties: {
        ...enforced('QueueName', ...enforcedAttributes),
        ...kept('queues here hold dead letters: messages can be received at once, and nobody waits for one', ...keptAttributes),
        ...inert('data at rest is not encrypted on this machine', 'SqsManagedSseEnabled', 'KmsMasterKeyId'),
        ...tagsAreInert,
      },
      create: async (properties, context) => {
        const QueueName = z.string().parse(properties['QueueName'] ?? generatedName(context, 80));
        const Attributes = Object.fromEntries(queueAttributes.filter((name) => properties[name] !== undefined).map((name) => [name, String(properties[name])]));
        const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
        const { Attributes: created } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
        const url = required(QueueUrl, 'the URL');
        return { physicalId: url, attributes: { Arn: required(created?.QueueArn, 'the ARN'), QueueName, QueueUrl: url } };
      },
    },
    {
      type: 'AWS::SQS::QueuePolicy',
      properties: { ...enforced('Queues'), ...kept('step 7: only policies of identities decide here', 'PolicyDocument') },
      create: async (properties, context) => {
        const { Queues, PolicyDocument } = z.object({ Queues: z.array(z.string()), PolicyDocument: z.unknown() }).parse(properties);
        for (const QueueUrl of Queues) await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(PolicyDocument) } }));
        return { physicalId: generatedName(context, 80), attributes: {} };
      },
    },
  ];
};

const ruleProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new EventBridgeClient({ ...settings });
  return [
    {
      type: 'AWS::Events::Rule',
      properties: { ...enforced('Name', 'Description', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'), ...tagsAreInert },
      create: async ({ Name: name, EventPattern, Targets, ...rule }, context) => {
        const Name = z.string().parse(name ?? generatedName(context, 64));
        const pattern = EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) };
        const { RuleArn } = await client.send(commandOf(PutRuleCommand, { ...rule, ...pattern, Name }));
        const { FailedEntries = [] } = await client.send(commandOf(PutTargetsCommand, { Rule: Name, Targets }));
        if (FailedEntries.length > 0) throw new Error(`rule ${Name}: targets were refused: ${JSON.stringify(FailedEntries)}`);
        return { physicalId: Name, attributes: { Arn: required(RuleArn, 'the ARN') } };
      },
    },
  ];
};

const scheduleProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SchedulerClient({ ...settings });
  return [
    {
      type: 'AWS::Scheduler::ScheduleGroup',
      properties: { ...enforced('Name'), ...tagsAreInert },
      create: async (properties, context) => {
        const Name = z.string().parse(properties['Name'] ?? generatedName(context, 64));
        const { ScheduleGroupArn } = await client.send(new CreateScheduleGroupCommand({ Name }));
        return { physicalId: Name, attributes: { Arn: required(ScheduleGroupArn, 'the ARN') } };
      },
    },
    {
      type: 'AWS::Scheduler::Schedule',
      properties: enforced('Name', 'GroupName', 'Description', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'FlexibleTimeWindow', 'State', 'Target', 'StartDate', 'EndDate'),
      create: async (properties, context) => {
        const Name = z.string().parse(properties['Name'] ?? generatedName(context, 64));
        const { ScheduleArn } = await client.send(commandOf(CreateScheduleCommand, { ...properties, Name }));
        return { physicalId: Name, attributes: { Arn: required(ScheduleArn, 'the ARN') } };
      },
    },
  ];
};

/** AWS::SQS, AWS::Events and AWS::Scheduler: queues, rules and schedules. */
export const messagingProviders = (settings: ClientSettings): ResourceProvider[] => [
  ...queueProviders(settings),
  ...ruleProviders(settings),
  ...scheduleProviders(settings),
];

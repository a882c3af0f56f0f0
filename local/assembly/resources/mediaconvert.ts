import { CreateJobTemplateCommand, CreateQueueCommand, MediaConvertClient } from '@aws-sdk/client-mediaconvert';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, generatedName, inert, required, commandOf, tagMap, type ResourceProvider } from '../resource-provider.ts';

const named = z.looseObject({ Name: z.string().optional() });

/** AWS::MediaConvert::Queue and JobTemplate. */
export const mediaConvertProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new MediaConvertClient({ ...settings });
  return [
    {
      type: 'AWS::MediaConvert::Queue',
      properties: { ...enforced('Name', 'Description', 'PricingPlan', 'Tags'), ...inert('a queue is never paused here', 'Status') },
      create: async (properties, context) => {
        const Name = named.parse(properties).Name ?? generatedName(context, 80);
        const { Queue } = await client.send(new CreateQueueCommand({ Name, Tags: tagMap(properties['Tags']) }));
        return { physicalId: Name, attributes: { Arn: required(Queue?.Arn, 'the ARN'), Name } };
      },
    },
    {
      type: 'AWS::MediaConvert::JobTemplate',
      properties: enforced('Name', 'Description', 'Category', 'Queue', 'Priority', 'StatusUpdateInterval', 'AccelerationSettings', 'SettingsJson', 'Tags'),
      create: async ({ SettingsJson, Tags, ...properties }, context) => {
        const Name = named.parse(properties).Name ?? generatedName(context, 80);
        const input = { ...properties, Name, Settings: withPascalKeys(SettingsJson), Tags: tagMap(Tags) };
        const { JobTemplate } = await client.send(commandOf(CreateJobTemplateCommand, input));
        return { physicalId: Name, attributes: { Arn: required(JobTemplate?.Arn, 'the ARN'), Name } };
      },
    },
  ];
};

/** SettingsJson may use the API's wire names (`outputGroups`) or the SDK's (`OutputGroups`); the SDK wants its own. */
const withPascalKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withPascalKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), withPascalKeys(item)]));
};

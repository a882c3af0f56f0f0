import { CloudWatchLogsClient, CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateSecretCommand, GetRandomPasswordCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, required, tagsAreInert, type Properties, type ResourceProvider } from '../resource-provider.ts';

const logGroup = z.object({ LogGroupName: z.string().optional(), RetentionInDays: z.number().optional() });

const generation = z.looseObject({ SecretStringTemplate: z.string().default('{}'), GenerateStringKey: z.string().optional() });

const parameterProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SSMClient({ ...settings });
  const put = async (properties: Properties, context: Parameters<ResourceProvider['create']>[1]) => {
    const Name = z.string().parse(properties['Name'] ?? generatedName(context, 200));
    const { Type, Value, Description } = properties;
    await client.send(commandOf(PutParameterCommand, { Name, Type, Value, Description, Overwrite: true }));
    return { physicalId: Name, attributes: { Type: z.string().parse(Type), Value: z.string().parse(Value) } };
  };
  return [
    {
      type: 'AWS::SSM::Parameter',
      properties: { ...enforced('Name', 'Type', 'Value', 'Description'), ...inert('size is not limited by tier', 'Tier'), ...tagsAreInert },
      create: put,
      update: (_resource, properties, context) => put(properties, context),
    },
  ];
};

/** The value that CloudFormation would generate: a random string, or a JSON template with it under a key. */
const generatedSecret = async (client: SecretsManagerClient, properties: unknown): Promise<string> => {
  const { SecretStringTemplate, GenerateStringKey, ...options } = generation.parse(properties);
  const { RandomPassword } = await client.send(commandOf(GetRandomPasswordCommand, options));
  const password = required(RandomPassword, 'a password');
  if (GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(SecretStringTemplate)), [GenerateStringKey]: password });
};

const secretProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new SecretsManagerClient({ ...settings });
  return [
    {
      type: 'AWS::SecretsManager::Secret',
      properties: { ...enforced('Name', 'Description', 'SecretString', 'GenerateSecretString'), ...inert('data at rest is not encrypted on this machine', 'KmsKeyId'), ...tagsAreInert },
      create: async ({ Name: name, Description, SecretString, GenerateSecretString }, context) => {
        const Name = z.string().parse(name ?? generatedName(context, 200));
        const value = SecretString ?? (await generatedSecret(client, GenerateSecretString ?? {}));
        const { ARN } = await client.send(commandOf(CreateSecretCommand, { Name, Description, SecretString: value }));
        const arn = required(ARN, 'the ARN');
        return { physicalId: arn, attributes: { Id: arn } };
      },
    },
  ];
};

const logGroupProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new CloudWatchLogsClient({ ...settings });
  return [
    {
      type: 'AWS::Logs::LogGroup',
      properties: { ...enforced('LogGroupName', 'RetentionInDays'), ...inert('data at rest is not encrypted on this machine', 'KmsKeyId'), ...tagsAreInert },
      create: async (properties, context) => {
        const { LogGroupName, RetentionInDays } = logGroup.parse(properties);
        const logGroupName = LogGroupName ?? generatedName(context, 512);
        await client.send(new CreateLogGroupCommand({ logGroupName }));
        if (RetentionInDays !== undefined) await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: RetentionInDays }));
        return { physicalId: logGroupName, attributes: { Arn: `arn:aws:logs:${context.region}:${context.accountId}:log-group:${logGroupName}:*` } };
      },
    },
  ];
};

/** AWS::SSM::Parameter, AWS::SecretsManager::Secret and AWS::Logs::LogGroup. */
export const configurationProviders = (settings: ClientSettings): ResourceProvider[] => [
  ...parameterProviders(settings),
  ...secretProviders(settings),
  ...logGroupProviders(settings),
];

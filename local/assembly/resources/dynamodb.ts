import { CreateTableCommand, DynamoDBClient, UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, kept, type Properties, type ResourceProvider } from '../resource-provider.ts';

const tableProperties = z.object({
  SSESpecification: z.object({ SSEEnabled: z.boolean(), SSEType: z.string().optional(), KMSMasterKeyId: z.string().optional() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  PointInTimeRecoverySpecification: z.looseObject({ PointInTimeRecoveryEnabled: z.boolean().optional() }).optional(),
});

/** CloudFormation's name for Enabled is SSEEnabled. */
const encryptionOf = (specification: z.output<typeof tableProperties>['SSESpecification']): object => {
  if (!specification) return {};
  const { SSEEnabled: Enabled, ...others } = specification;
  return { SSESpecification: { Enabled, ...others } };
};

/** What CloudFormation and CreateTable say alike. */
const createInput = ({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode, DeletionProtectionEnabled, Tags }: Properties): object => ({
  ...{ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode, DeletionProtectionEnabled, Tags },
});

/** AWS::DynamoDB::Table. */
export const dynamodbProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new DynamoDBClient({ ...settings });
  return [
    {
      type: 'AWS::DynamoDB::Table',
      properties: {
        ...enforced('TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode', 'TimeToLiveSpecification', 'DeletionProtectionEnabled', 'Tags'),
        ...kept('data at rest is not encrypted on this machine', 'SSESpecification'),
        ...kept('nothing is backed up on this machine', 'PointInTimeRecoverySpecification'),
      },
      create: async (properties, context) => {
        const TableName = z.string().parse(properties['TableName'] ?? generatedName(context, 255));
        const { TimeToLiveSpecification, PointInTimeRecoverySpecification, SSESpecification } = tableProperties.parse(properties);
        await client.send(commandOf(CreateTableCommand, { ...createInput(properties), TableName, ...encryptionOf(SSESpecification) }));
        await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName });
        if (TimeToLiveSpecification) await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
        if (PointInTimeRecoverySpecification) {
          const PointInTimeRecoveryEnabled = PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled ?? false;
          await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } }));
        }
        return { physicalId: TableName, attributes: { Arn: `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${TableName}` } };
      },
    },
  ];
};

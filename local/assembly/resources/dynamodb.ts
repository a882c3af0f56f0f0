import { CreateTableCommand, DynamoDBClient, UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, generatedName, inert, commandOf, type ResourceProvider } from '../resource-provider.ts';

const switches = z.object({
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  PointInTimeRecoverySpecification: z.looseObject({ PointInTimeRecoveryEnabled: z.boolean().optional() }).optional(),
});

/** AWS::DynamoDB::Table. */
export const dynamodbProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new DynamoDBClient({ ...settings });
  return [
    {
      type: 'AWS::DynamoDB::Table',
      properties: {
        ...enforced('TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode', 'TimeToLiveSpecification', 'PointInTimeRecoverySpecification'),
        ...inert('data at rest is not encrypted on this machine', 'SSESpecification'),
        ...inert('nothing deletes tables here', 'DeletionProtectionEnabled'),
        ...inert('tables carry no tags here', 'Tags'),
      },
      create: async (properties, context) => {
        const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = properties;
        const TableName = z.string().parse(properties['TableName'] ?? generatedName(context, 255));
        await client.send(commandOf(CreateTableCommand, { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode }));
        await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName });
        const { TimeToLiveSpecification, PointInTimeRecoverySpecification } = switches.parse(properties);
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

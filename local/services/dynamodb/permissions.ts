import { z } from 'zod';
import type { Permission } from '../../gateway/service.ts';
import type { Members } from './engine.ts';

const nameOf = (value: unknown): string => (typeof value === 'string' ? value : '*');

const tablesOf = (value: unknown): readonly string[] => Object.keys(z.record(z.string(), z.unknown()).catch({}).parse(value));

const transactionActions = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem', Get: 'GetItem' } as const;

const transactionSchema = z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }).optional().catch(undefined))).catch([]);

const transactionPermissions = (input: Members, arnOf: (table: string) => string): readonly Permission[] =>
  transactionSchema.parse(input['TransactItems']).flatMap((item) =>
    Object.entries(transactionActions).flatMap(([kind, action]) => {
      const touched = item[kind];
      return touched ? [{ action: `dynamodb:${action}`, resources: [arnOf(touched.TableName)] }] : [];
    }),
  );

/**
 * What a call must be allowed: the action on the table's ARN, on the index's where one is read. A transaction needs
 * the permissions of its actions, none of its own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const permissionsOf = (operation: string, input: Members, tableArn: (table: string) => string): readonly Permission[] => {
  const on = (...resources: readonly string[]): readonly Permission[] => [{ action: `dynamodb:${operation}`, resources }];
  switch (operation) {
    case 'ListTables':
      return on('*');
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return transactionPermissions(input, tableArn);
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return on(...tablesOf(input['RequestItems']).map(tableArn));
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsOfResource':
      return on(nameOf(input['ResourceArn']));
    case 'Query':
    case 'Scan': {
      const table = tableArn(nameOf(input['TableName']));
      return on(input['IndexName'] === undefined ? table : `${table}/index/${nameOf(input['IndexName'])}`);
    }
    default:
      return on(tableArn(nameOf(input['TableName'])));
  }
};

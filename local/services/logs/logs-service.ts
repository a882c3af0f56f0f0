import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission, SchemaService } from '../../gateway/service.ts';
import type { StateStore } from '../../runtime/state/collection.ts';

interface LogGroupRecord {
  readonly logGroupName: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
}

const arnOf = (name: string, { region, accountId }: CallContext): string => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

const permission = (action: string, name: string, context: CallContext): Permission[] => [{ action: `logs:${action}`, resources: [`${arnOf(name, context)}:*`] }];

/** CloudWatch Logs, as far as templates declare it: log groups and how long they keep. What functions print goes to the platform's log. */
export const createLogsService = ({ state, now }: { readonly state: StateStore; readonly now: () => number }): SchemaService => {
  const groups = state.collection<LogGroupRecord>('logs/groups');
  const find = (name: string): LogGroupRecord => {
    const group = groups.get(name);
    if (!group) throw new logs.ResourceNotFoundException({ message: 'The specified log group does not exist.', $metadata: {} });
    return group;
  };
  const operations: Operations<typeof logs> = {
    CreateLogGroup: {
      permissions: ({ logGroupName }, context) => permission('CreateLogGroup', logGroupName, context),
      handle: ({ logGroupName }) => {
        if (groups.get(logGroupName)) throw new logs.ResourceAlreadyExistsException({ message: 'The specified log group already exists', $metadata: {} });
        groups.put(logGroupName, { logGroupName, createdAt: now() });
        return {};
      },
    },
    PutRetentionPolicy: {
      permissions: ({ logGroupName }, context) => permission('PutRetentionPolicy', logGroupName, context),
      handle: ({ logGroupName, retentionInDays }) => {
        groups.put(logGroupName, { ...find(logGroupName), retentionInDays });
        return {};
      },
    },
    DeleteLogGroup: {
      permissions: ({ logGroupName }, context) => permission('DeleteLogGroup', logGroupName, context),
      handle: ({ logGroupName }) => {
        groups.delete(find(logGroupName).logGroupName);
        return {};
      },
    },
    DescribeLogGroups: {
      permissions: (_input, context) => permission('DescribeLogGroups', '', context),
      handle: ({ logGroupNamePrefix = '' }, context) => ({
        logGroups: [...groups.values()]
          .filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix))
          .map(({ createdAt, ...group }) => ({ ...group, creationTime: createdAt, arn: `${arnOf(group.logGroupName, context)}:*` })),
      }),
    },
  };
  return defineService('logs', logs, operations);
};

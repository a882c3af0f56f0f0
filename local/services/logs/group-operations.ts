import { InvalidParameterException, ResourceAlreadyExistsException } from '@aws-sdk/client-cloudwatch-logs';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission } from '../../gateway/service.ts';
import { type LogStore, streamKey } from './log-store.ts';

const groupArn = (name: string, { region, accountId }: CallContext): string => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

/** The permission for an action on a log group. */
export const onGroup = (action: string, name: string, context: CallContext): Permission[] => [{ action: `logs:${action}`, resources: [`${groupArn(name, context)}:*`] }];

/** The permission for an action on a log stream. */
export const onStream = (action: string, groupName: string, streamName: string, context: CallContext): Permission[] => [
  { action: `logs:${action}`, resources: [`${groupArn(groupName, context)}:log-stream:${streamName}`] },
];

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Log groups and streams. */
export const groupOperations = (store: LogStore, now: () => number): Operations<typeof logs> => ({
  CreateLogGroup: {
    permissions: ({ logGroupName }, context) => onGroup('CreateLogGroup', logGroupName, context),
    handle: ({ logGroupName }) => {
      if (store.groups.get(logGroupName)) throw new ResourceAlreadyExistsException({ message: 'The specified log group already exists', $metadata: {} });
      store.groups.put(logGroupName, { logGroupName, createdAt: now() });
      return {};
    },
  },
  PutRetentionPolicy: {
    permissions: ({ logGroupName }, context) => onGroup('PutRetentionPolicy', logGroupName, context),
    handle: ({ logGroupName, retentionInDays }) => {
      const group = store.group(logGroupName);
      if (!retentions.includes(retentionInDays)) {
        throw new InvalidParameterException({ message: `retentionInDays must be one of ${retentions.join(', ')}, got ${retentionInDays}`, $metadata: {} });
      }
      store.groups.put(logGroupName, { ...group, retentionInDays });
      return {};
    },
  },
  DeleteLogGroup: {
    permissions: ({ logGroupName }, context) => onGroup('DeleteLogGroup', logGroupName, context),
    handle: ({ logGroupName }) => {
      store.deleteGroup(logGroupName);
      return {};
    },
  },
  DescribeLogGroups: {
    permissions: (_input, context) => onGroup('DescribeLogGroups', '', context),
    handle: ({ logGroupNamePrefix = '' }, context) => ({
      logGroups: [...store.groups.values()]
        .filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix))
        .map(({ createdAt, ...group }) => ({ ...group, creationTime: createdAt, arn: `${groupArn(group.logGroupName, context)}:*` })),
    }),
  },
  CreateLogStream: {
    permissions: ({ logGroupName, logStreamName }, context) => onStream('CreateLogStream', logGroupName, logStreamName, context),
    handle: ({ logGroupName, logStreamName }) => {
      const key = streamKey(store.group(logGroupName).logGroupName, logStreamName);
      if (store.streams.get(key)) throw new ResourceAlreadyExistsException({ message: 'The specified log stream already exists', $metadata: {} });
      store.streams.put(key, { logGroupName, logStreamName, createdAt: now() });
      return {};
    },
  },
  DescribeLogStreams: {
    permissions: ({ logGroupName = '' }, context) => onGroup('DescribeLogStreams', logGroupName, context),
    handle: ({ logGroupName = '', logStreamNamePrefix = '' }, context) => {
      const { logGroupName: group } = store.group(logGroupName);
      const found = [...store.streams.values()].filter((stream) => stream.logGroupName === group && stream.logStreamName.startsWith(logStreamNamePrefix));
      return {
        logStreams: found.map(({ logStreamName, createdAt }) => ({ logStreamName, creationTime: createdAt, arn: `${groupArn(group, context)}:log-stream:${logStreamName}` })),
      };
    },
  },
});

import { InvalidParameterException } from '@aws-sdk/client-cloudwatch-logs';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Operations } from '../../gateway/define-service.ts';
import { filterPattern } from './filter-pattern.ts';
import { onGroup, onStream } from './group-operations.ts';
import type { LogEventRecord, LogStore } from './log-store.ts';

// What one answer of GetLogEvents and FilterLogEvents holds at most.
const largestPage = 10_000;

const offsetOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const offset = /^[fb]\/(\d+)$/.exec(token)?.[1];
  if (offset === undefined) throw new InvalidParameterException({ message: 'The specified nextToken is invalid.', $metadata: {} });
  return Number(offset);
};

const within = (startTime = 0, endTime = Infinity) => ({ at }: LogEventRecord): boolean => at >= startTime && at < endTime;

/** Events of logs: write and read. */
export const eventOperations = (store: LogStore): Operations<typeof logs> => ({
  PutLogEvents: {
    permissions: ({ logGroupName, logStreamName }, context) => onStream('PutLogEvents', logGroupName, logStreamName, context),
    handle: ({ logGroupName, logStreamName, logEvents }) => {
      store.stream(logGroupName, logStreamName);
      for (const { message, timestamp } of logEvents) store.append({ logGroupName, logStreamName, message, at: timestamp });
      return {};
    },
  },
  GetLogEvents: {
    permissions: ({ logGroupName = '', logStreamName }, context) => onStream('GetLogEvents', logGroupName, logStreamName, context),
    handle: ({ logGroupName = '', logStreamName, startTime, endTime, limit = largestPage, nextToken, startFromHead = false }) => {
      store.stream(logGroupName, logStreamName);
      const found = store.events(logGroupName).filter((event) => event.logStreamName === logStreamName && within(startTime, endTime)(event));
      const offset = nextToken === undefined && !startFromHead ? Math.max(0, found.length - limit) : offsetOf(nextToken);
      const page = found.slice(offset, offset + limit);
      return {
        events: page.map(({ at, message, ingestedAt }) => ({ timestamp: at, message, ingestionTime: ingestedAt })),
        nextForwardToken: `f/${offset + page.length}`,
        nextBackwardToken: `b/${Math.max(0, offset - limit)}`,
      };
    },
  },
  FilterLogEvents: {
    permissions: ({ logGroupName = '' }, context) => onGroup('FilterLogEvents', logGroupName, context),
    handle: ({ logGroupName = '', logStreamNames, logStreamNamePrefix = '', startTime, endTime, filterPattern: pattern, limit = largestPage, nextToken }) => {
      const matches = filterPattern(pattern);
      const found = store
        .events(logGroupName)
        .filter(within(startTime, endTime))
        .filter(({ logStreamName, message }) => (logStreamNames?.includes(logStreamName) ?? logStreamName.startsWith(logStreamNamePrefix)) && matches(message));
      const offset = offsetOf(nextToken);
      const page = found.slice(offset, offset + limit);
      return {
        events: page.map(({ at, message, ingestedAt, logStreamName, sequence }) => ({ timestamp: at, message, ingestionTime: ingestedAt, logStreamName, eventId: String(sequence) })),
        searchedLogStreams: [],
        ...(offset + page.length < found.length && { nextToken: `f/${offset + page.length}` }),
      };
    },
  },
});

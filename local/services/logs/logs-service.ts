import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { LogSink } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { eventOperations } from './event-operations.ts';
import { groupOperations } from './group-operations.ts';
import { openLogs, streamKey } from './log-store.ts';

/** CloudWatch Logs, which services of this machine also write to directly; groups and streams that they name come to be. */
export interface LogsService extends SchemaService, LogSink {
  /** What services write from then on is dropped: their last words come when there may be no state any more. */
  close(): void;
}

/** Opens the logs kept in the state. */
export const createLogsService = ({ state, now }: { readonly state: StateStore; readonly now: () => number }): LogsService => {
  const store = openLogs(state, now);
  let isClosed = false;
  return {
    ...defineService('logs', logs, { ...groupOperations(store, now), ...eventOperations(store) }),
    write: (entry) => {
      if (isClosed) return;
      const { logGroupName, logStreamName } = entry;
      const key = streamKey(logGroupName, logStreamName);
      if (!store.groups.get(logGroupName)) store.groups.put(logGroupName, { logGroupName, createdAt: now() });
      if (!store.streams.get(key)) store.streams.put(key, { logGroupName, logStreamName, createdAt: now() });
      store.append(entry);
    },
    close: () => {
      isClosed = true;
    },
  };
};

import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEntry } from '../../runtime/ports.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A log group as it is kept. */
export interface LogGroupRecord {
  readonly logGroupName: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
}

/** A log stream as it is kept. */
export interface LogStreamRecord {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly createdAt: number;
}

/** One line of a log, in the order of arrival by `sequence`. */
export interface LogEventRecord extends LogEntry {
  readonly sequence: number;
  readonly ingestedAt: number;
}

/** Log groups, their streams and events. */
export interface LogStore {
  readonly groups: Collection<LogGroupRecord>;
  readonly streams: Collection<LogStreamRecord>;
  /** Throws `ResourceNotFoundException`. */
  group(name: string): LogGroupRecord;
  /** Throws `ResourceNotFoundException`. */
  stream(groupName: string, streamName: string): LogStreamRecord;
  append(entry: LogEntry): void;
  /** Events of a group that its retention has not ended, in order of time. */
  events(groupName: string): LogEventRecord[];
  deleteGroup(name: string): void;
}

// Enough for a day of shows on one machine; what is older goes first, so that a log never fills the memory.
const mostEvents = 50_000;

const day = 86_400_000;

/** The key of a stream in its collection. */
export const streamKey = (groupName: string, streamName: string): string => `${groupName} ${streamName}`;

/** Opens the logs in the given state. */
export const openLogs = (state: StateStore, now: () => number): LogStore => {
  const groups = state.collection<LogGroupRecord>('logs/groups');
  const streams = state.collection<LogStreamRecord>('logs/streams');
  const events = state.collection<LogEventRecord>('logs/events');
  let sequence = Math.max(0, ...[...events.values()].map((event) => event.sequence + 1));
  let count = [...events.values()].length;

  const dropOldest = (): void => {
    const [oldest] = events.entries();
    if (oldest) events.delete(oldest[0]);
    count -= 1;
  };
  const group = (name: string): LogGroupRecord => {
    const record = groups.get(name);
    if (!record) throw new ResourceNotFoundException({ message: 'The specified log group does not exist.', $metadata: {} });
    return record;
  };
  return {
    groups,
    streams,
    group,
    stream: (groupName, streamName) => {
      const record = streams.get(streamKey(group(groupName).logGroupName, streamName));
      if (!record) throw new ResourceNotFoundException({ message: 'The specified log stream does not exist.', $metadata: {} });
      return record;
    },
    append: (entry) => {
      events.put(String(sequence), { ...entry, sequence, ingestedAt: now() });
      sequence += 1;
      count += 1;
      if (count > mostEvents) dropOldest();
    },
    events: (groupName) => {
      const oldest = now() - (group(groupName).retentionInDays ?? Infinity) * day;
      const found = [...events.values()].filter((event) => event.logGroupName === groupName && event.at >= oldest);
      return found.sort((left, right) => left.at - right.at || left.sequence - right.sequence);
    },
    deleteGroup: (name) => {
      groups.delete(group(name).logGroupName);
      for (const [key, record] of [...streams.entries()]) if (record.logGroupName === name) streams.delete(key);
      const gone = [...events.entries()].filter(([, event]) => event.logGroupName === name);
      gone.forEach(([key]) => events.delete(key));
      count -= gone.length;
    },
  };
};

import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { StateStore } from '../../../runtime/state/collection.ts';
import type { EventDetails } from './run.ts';

interface StoredEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly at: number;
  readonly type: HistoryEventType;
  readonly details: EventDetails;
}

/** The events of every execution, numbered from 1. */
export interface History {
  append(executionArn: string, event: StoredEvent): void;
  /** Events from `first` to `last`, both included. */
  read(executionArn: string, first: number, last: number): HistoryEvent[];
}

/** History kept in the state store. */
export const storedHistory = (state: StateStore): History => {
  const events = state.collection<StoredEvent>('states/history');
  const keyOf = (executionArn: string, id: number): string => `${executionArn}#${id}`;
  return {
    append: (executionArn, event) => events.put(keyOf(executionArn, event.id), event),
    read: (executionArn, first, last) => {
      const found: HistoryEvent[] = [];
      for (let id = first; id <= last; id += 1) {
        const event = events.get(keyOf(executionArn, id));
        if (event) found.push({ id, previousEventId: event.previousEventId, timestamp: new Date(event.at), type: event.type, ...event.details });
      }
      return found;
    },
  };
};

import { wholeSecond } from '../shared/time.ts';
import type { ToldEntry } from './settle-log.ts';

/** An alert of a channel that was set or cleared. */
export interface AlertFact {
  /** The service's id of this one occurrence. */
  readonly alertId: string;
  readonly alertType: string;
  readonly change: 'SET' | 'CLEARED';
  readonly at: string;
  readonly pipeline: string;
  readonly message: string;
}

/** The entry of an alert: the same whether it was told or seen when looking. */
export const alertEntry = ({ alertId, alertType, change, at, pipeline, message }: AlertFact): ToldEntry => ({
  at: wholeSecond(at),
  id: `alert-${alertId}-${change}`,
  type: 'ALERT',
  name: change,
  message: `${alertType}${message === '' ? '' : `: ${message}`}`,
  pipeline,
  alertId,
  alertType,
});

/** The entry of a pipeline that takes another input: by failover, unless its schedule's action is named. */
export const inputChangeEntry = (change: {
  readonly id: string;
  readonly at: string;
  readonly pipeline: string;
  readonly input: string;
  readonly action?: string;
  readonly source?: 'POLL';
}): ToldEntry => ({
  at: new Date(change.at).toISOString(),
  id: change.id,
  type: 'INPUT',
  name: change.action === undefined ? 'FAILED_OVER' : 'SWITCHED',
  message: `pipeline ${change.pipeline} ${change.action === undefined ? 'failed over' : 'was switched'} to input ${change.input}`,
  pipeline: change.pipeline,
  input: change.input,
  ...(change.source === undefined ? {} : { source: change.source }),
});

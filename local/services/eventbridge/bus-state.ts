import type { Target } from '@aws-sdk/client-eventbridge';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';
import type { BusEvent } from './bus-event.ts';

/** A rule of the default bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly description?: string;
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly roleArn?: string;
  /** When the schedule began, in milliseconds; rates count from it. */
  readonly scheduledSince: number;
  readonly targets: readonly Target[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An event on its way to one target. Times in milliseconds. */
export interface Delivery {
  readonly event: BusEvent;
  readonly ruleArn: string;
  readonly target: Target;
  readonly acceptedAt: number;
  readonly dueAt: number;
  readonly failedAttempts: number;
}

/** All that the bus keeps. */
export interface BusState {
  /** By name. */
  readonly rules: Collection<Rule>;
  readonly deliveries: Collection<Delivery>;
  /** When each scheduled rule was last due, by name. */
  readonly lastDue: Collection<number>;
}

/** Opens the bus's collections. */
export const openBusState = (store: StateStore): BusState => ({
  rules: store.collection('eventbridge/rules'),
  deliveries: store.collection('eventbridge/deliveries'),
  lastDue: store.collection('eventbridge/last-due'),
});

import { ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import type { Permission, Operation } from '../../gateway/service.ts';
import type { BusState, Rule } from './bus-state.ts';
import type { EventBus } from './event-bus.ts';
import type { ScheduledRules } from './scheduled-rules.ts';

/** What the operations on rules work with. */
export interface RuleWorld {
  readonly state: BusState;
  readonly bus: EventBus;
  readonly scheduled: ScheduledRules;
  readonly accountId: string;
  readonly region: string;
  now(): number;
}

/** The ARN of a rule of the default bus. */
export const ruleArn = ({ region, accountId }: Pick<RuleWorld, 'region' | 'accountId'>, name: string): string => `arn:aws:events:${region}:${accountId}:rule/${name}`;

/** The permission of an operation on one rule. */
export const onRule =
  (world: RuleWorld, action: string): Operation<{ Name: string }, unknown>['permissions'] =>
  ({ Name }): readonly Permission[] => [{ action: `events:${action}`, resources: [ruleArn(world, Name)] }];

const notFound = (message: string): ResourceNotFoundException => new ResourceNotFoundException({ message, $metadata: {} });

/** Throws unless the default bus is meant, by absence, name or ARN. */
export const requireDefaultBus = (name: string | undefined): void => {
  if (name === undefined || name === 'default' || name.endsWith(':event-bus/default')) return;
  throw notFound(`Event bus ${name} does not exist. Local mode has the default bus only.`);
};

/** The rule of that name on the default bus. */
export const requireRule = (world: RuleWorld, name: string, bus: string | undefined): Rule => {
  requireDefaultBus(bus);
  const rule = world.state.rules.get(name);
  if (rule) return rule;
  throw notFound(`Rule ${name} does not exist on EventBus default.`);
};

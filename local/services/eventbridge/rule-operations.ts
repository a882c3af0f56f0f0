import { InvalidEventPatternException, type DescribeRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import { parseSchedule } from '../scheduler/expressions/schedule-expression.ts';
import type { Rule } from './bus-state.ts';
import { compilePattern } from './event-pattern.ts';
import { onRule, requireDefaultBus, requireRule, ruleArn, type RuleWorld } from './rule-lookup.ts';

type Sdk = typeof eventbridge;

const validation = (message: string): ServiceFault => new ServiceFault('ValidationException', message);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const checkPattern = (pattern: string): void => {
  try {
    compilePattern(pattern);
  } catch (error) {
    throw new InvalidEventPatternException({ message: `Event pattern is not valid. Reason: ${reasonOf(error)}`, $metadata: {} });
  }
};

const checkSchedule = (expression: string): void => {
  try {
    if (parseSchedule(expression).kind === 'at') throw new RangeError('a rule cannot have at(…): create a schedule of EventBridge Scheduler');
  } catch (error) {
    throw validation(`Parameter ScheduleExpression is not valid. ${reasonOf(error)}`);
  }
};

/** The names by which a rule is kept; anything else that PutRule says is refused. */
const readRule = (world: RuleWorld, input: InputOf<Sdk, 'PutRule'>, known: Rule | undefined): Rule => {
  const { Name, EventPattern, ScheduleExpression, State = 'ENABLED', Description, RoleArn, Tags = [] } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Name)) throw validation(`Rule name ${Name} is not valid: expected 1 to 64 of letters, digits, . - _`);
  if (EventPattern === undefined && ScheduleExpression === undefined) throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (State !== 'ENABLED' && State !== 'DISABLED') throw validation(`Rule state ${State} is not available in local mode: expected ENABLED or DISABLED`);
  if (EventPattern !== undefined) checkPattern(EventPattern);
  if (ScheduleExpression !== undefined) checkSchedule(ScheduleExpression);
  const keepsSchedule = known?.scheduleExpression === ScheduleExpression;
  return {
    name: Name,
    arn: ruleArn(world, Name),
    state: State,
    ...(Description === undefined ? {} : { description: Description }),
    ...(EventPattern === undefined ? {} : { eventPattern: EventPattern }),
    ...(ScheduleExpression === undefined ? {} : { scheduleExpression: ScheduleExpression }),
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    scheduledSince: known && keepsSchedule ? known.scheduledSince : world.now(),
    targets: known?.targets ?? [],
    tags: known?.tags ?? Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  };
};

const describe = ({ name, arn, state, description, eventPattern, scheduleExpression, roleArn: role }: Rule): Omit<DescribeRuleCommandOutput, '$metadata'> => ({
  Name: name,
  Arn: arn,
  State: state,
  Description: description,
  EventPattern: eventPattern,
  ScheduleExpression: scheduleExpression,
  RoleArn: role,
  EventBusName: 'default',
});

const keep = (world: RuleWorld, rule: Rule): void => {
  world.state.rules.put(rule.name, rule);
  world.scheduled.refresh(rule.name);
};

/** PutRule, DescribeRule, ListRules, EnableRule, DisableRule and DeleteRule. */
export const ruleOperations = (world: RuleWorld): Operations<Sdk> => ({
  PutRule: {
    permissions: onRule(world, 'PutRule'),
    handle: (input) => {
      requireDefaultBus(input.EventBusName);
      const rule = readRule(world, input, world.state.rules.get(input.Name));
      keep(world, rule);
      return { RuleArn: rule.arn };
    },
  },
  DescribeRule: {
    permissions: onRule(world, 'DescribeRule'),
    handle: ({ Name, EventBusName }) => describe(requireRule(world, Name, EventBusName)),
  },
  ListRules: {
    permissions: () => [{ action: 'events:ListRules', resources: [ruleArn(world, '*')] }],
    handle: ({ NamePrefix = '', EventBusName }) => {
      requireDefaultBus(EventBusName);
      return { Rules: [...world.state.rules.values()].filter(({ name }) => name.startsWith(NamePrefix)).map(describe) };
    },
  },
  EnableRule: {
    permissions: onRule(world, 'EnableRule'),
    handle: ({ Name, EventBusName }) => {
      keep(world, { ...requireRule(world, Name, EventBusName), state: 'ENABLED' });
      return {};
    },
  },
  DisableRule: {
    permissions: onRule(world, 'DisableRule'),
    handle: ({ Name, EventBusName }) => {
      keep(world, { ...requireRule(world, Name, EventBusName), state: 'DISABLED' });
      return {};
    },
  },
  DeleteRule: {
    permissions: onRule(world, 'DeleteRule'),
    handle: ({ Name, EventBusName }) => {
      requireDefaultBus(EventBusName);
      // Deleting what does not exist succeeds.
      if ((world.state.rules.get(Name)?.targets.length ?? 0) > 0) throw validation("Rule can't be deleted since it has targets.");
      world.state.rules.delete(Name);
      world.scheduled.refresh(Name);
      return {};
    },
  },
});

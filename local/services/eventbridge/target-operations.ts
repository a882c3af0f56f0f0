import { LimitExceededException, type Target } from '@aws-sdk/client-eventbridge';
import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Operations } from '../../gateway/define-service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import { requireDefaultBus, requireRule, ruleArn, type RuleWorld } from './rule-lookup.ts';

const mostTargets = 5;
const targetServices = ['lambda', 'sqs', 'states'];
const knownMembers = ['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'SqsParameters', 'DeadLetterConfig', 'RetryPolicy'];

const validation = (message: string): ServiceFault => new ServiceFault('ValidationException', message);

const checkTarget = (target: Target): void => {
  const { Id, Arn = '', Input, InputPath, InputTransformer, RoleArn } = target;
  const service = Arn.split(':')[2] ?? '';
  if (!targetServices.includes(service)) {
    throw validation(`Target ${Id ?? ''} is ${Arn}: local mode invokes ${targetServices.join(', ')} only`);
  }
  const unknown = Object.entries(target).filter(([name, value]) => value !== undefined && !knownMembers.includes(name));
  if (unknown.length > 0) throw validation(`Target ${Id ?? ''} has ${unknown.map(([name]) => name).join(', ')}, which local mode does not support`);
  if ([Input, InputPath, InputTransformer].filter((member) => member !== undefined).length > 1) {
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id ?? ''}.`);
  }
  if (service === 'states' && RoleArn === undefined) throw validation(`RoleArn is required for target ${Arn}.`);
};

const merge = (known: readonly Target[], added: readonly Target[]): readonly Target[] => [
  ...known.filter(({ Id }) => !added.some((target) => target.Id === Id)),
  ...added,
];

/** PutTargets, RemoveTargets and ListTargetsByRule. */
export const targetOperations = (world: RuleWorld): Operations<typeof eventbridge> => {
  const allowed =
    (action: string) =>
    ({ Rule }: { Rule: string }) => [{ action: `events:${action}`, resources: [ruleArn(world, Rule)] }];
  return {
    PutTargets: {
      permissions: (input) => [
        ...allowed('PutTargets')(input),
        ...input.Targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [RoleArn] }])),
      ],
      handle: ({ Rule, EventBusName, Targets }) => {
        const rule = requireRule(world, Rule, EventBusName);
        Targets.forEach(checkTarget);
        const targets = merge(rule.targets, Targets);
        if (targets.length > mostTargets) {
          throw new LimitExceededException({ message: `Rule ${Rule} would have ${targets.length} targets, allowed are ${mostTargets}.`, $metadata: {} });
        }
        world.state.rules.put(Rule, { ...rule, targets });
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    RemoveTargets: {
      permissions: allowed('RemoveTargets'),
      handle: ({ Rule, EventBusName, Ids }) => {
        const rule = requireRule(world, Rule, EventBusName);
        world.state.rules.put(Rule, { ...rule, targets: rule.targets.filter(({ Id }) => Id === undefined || !Ids.includes(Id)) });
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    ListTargetsByRule: {
      permissions: allowed('ListTargetsByRule'),
      handle: ({ Rule, EventBusName }) => {
        requireDefaultBus(EventBusName);
        return { Targets: [...requireRule(world, Rule, EventBusName).targets] };
      },
    },
  };
};

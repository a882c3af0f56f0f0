import { ValidationException, type Target } from '@aws-sdk/client-scheduler';
import type * as scheduler from '@aws-sdk/client-scheduler';
import type { InputOf } from '../../gateway/define-service.ts';
import type { RoleSessions } from '../../runtime/ports.ts';
import { parseSchedule } from './expressions/schedule-expression.ts';
import type { KeptSchedule } from './schedule-state.ts';
import { serviceOf, targetServices } from './target-invocation.ts';

/** What CreateSchedule and UpdateSchedule say alike. */
export type ScheduleRequest = InputOf<typeof scheduler, 'CreateSchedule'>;

const invalid = (Message: string): ValidationException => new ValidationException({ Message, message: Message, $metadata: {} });

const knownTargetMembers = ['Arn', 'RoleArn', 'Input', 'DeadLetterConfig', 'RetryPolicy', 'SqsParameters'];

const checkTarget = (target: Target, roles: RoleSessions): void => {
  const { Arn = '', RoleArn = '' } = target;
  if (!targetServices.includes(serviceOf(Arn))) throw invalid(`Target ${Arn} is not supported: local mode invokes ${targetServices.join(', ')} only`);
  const unknown = Object.entries(target).filter(([name, value]) => value !== undefined && !knownTargetMembers.includes(name));
  if (unknown.length > 0) throw invalid(`Target has ${unknown.map(([name]) => name).join(', ')}, which local mode does not support`);
  try {
    roles.assume(RoleArn, 'scheduler.amazonaws.com', 'create-schedule');
  } catch (error) {
    throw invalid(`The execution role you provide must allow AWS EventBridge Scheduler to assume the role. ${error instanceof Error ? error.message : RoleArn}`);
  }
};

const checkExpression = (expression: string): void => {
  try {
    parseSchedule(expression);
  } catch (error) {
    throw invalid(`Invalid Schedule Expression ${expression}. ${error instanceof Error ? error.message : ''}`);
  }
};

const checkOptions = ({ Name, ScheduleExpressionTimezone: zone = 'UTC', KmsKeyArn, FlexibleTimeWindow }: ScheduleRequest): void => {
  if (!/^[0-9a-zA-Z\-_.]{1,64}$/.test(Name)) throw invalid(`Schedule name ${Name} is not valid: expected 1 to 64 of letters, digits, - _ .`);
  if (zone !== 'UTC') throw invalid(`Time zone ${zone} is not supported in local mode: expected UTC`);
  if (KmsKeyArn !== undefined) throw invalid('KmsKeyArn is not supported in local mode');
  if (FlexibleTimeWindow.Mode === 'FLEXIBLE' && FlexibleTimeWindow.MaximumWindowInMinutes === undefined) {
    throw invalid('FlexibleTimeWindow of mode FLEXIBLE needs MaximumWindowInMinutes');
  }
};

/** What of a schedule the request decides; all that it does not name gets its default. Throws a ValidationException. */
export const readSchedule = (input: ScheduleRequest, roles: RoleSessions): Omit<KeptSchedule, 'name' | 'group' | 'arn' | 'createdAt' | 'modifiedAt'> => {
  checkOptions(input);
  checkExpression(input.ScheduleExpression);
  checkTarget(input.Target, roles);
  return {
    expression: input.ScheduleExpression,
    state: input.State ?? 'ENABLED',
    flexibleTimeWindow: input.FlexibleTimeWindow,
    target: input.Target,
    actionAfterCompletion: input.ActionAfterCompletion ?? 'NONE',
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.StartDate === undefined ? {} : { startDate: input.StartDate.getTime() }),
    ...(input.EndDate === undefined ? {} : { endDate: input.EndDate.getTime() }),
    ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
  };
};

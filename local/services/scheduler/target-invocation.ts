import { randomUUID } from 'node:crypto';
import type { Permission } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import { isPermanent, type TargetInvoker } from '../eventbridge/target-invoker.ts';
import type { KeptSchedule } from './schedule-state.ts';

/** An invocation that its target never took. */
export interface LostInvocation {
  readonly scheduleArn: string;
  readonly targetArn: string;
  readonly dueAt: number;
  readonly error: unknown;
}

/** What targets are invoked with. */
export interface InvocationDeps {
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly invokeTarget: TargetInvoker;
  /** Why the schedule's role may not do it; undefined when it may. */
  readonly roleDenial: (roleArn: string, permission: Permission) => string | undefined;
  readonly onLost: (lost: LostInvocation) => void;
}

const actions: Readonly<Record<string, string>> = { lambda: 'lambda:InvokeFunction', sqs: 'sqs:SendMessage', states: 'states:StartExecution' };

/** The services that a schedule can invoke. */
export const targetServices = Object.keys(actions);

/** The service of an ARN. */
export const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

/** Retry policy of a target that sets none: EventBridge Scheduler API reference, RetryPolicy. */
const defaults = { attempts: 185, ageSeconds: 86_400 };
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 10 * 60_000;
/** However fast time runs, a failing target is not hammered. */
const shortestPauseMilliseconds = 20;

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const payloadOf = ({ arn, target }: KeptSchedule, dueAt: number, executionId: string, attempt: number): string => {
  const values = {
    'schedule-arn': arn,
    'scheduled-time': new Date(dueAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'execution-id': executionId,
    'attempt-number': String(attempt),
  };
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`<aws.scheduler.${name}>`, value), target.Input ?? '{}');
};

const invokeOnce = async (deps: InvocationDeps, schedule: KeptSchedule, payload: string): Promise<void> => {
  const { Arn = '', RoleArn = '', SqsParameters } = schedule.target;
  const denied = deps.roleDenial(RoleArn, { action: actions[serviceOf(Arn)] ?? '*', resources: [Arn] });
  if (denied !== undefined) throw Object.assign(new Error(denied), { name: 'AccessDeniedException' });
  const group = SqsParameters?.MessageGroupId;
  await deps.invokeTarget(Arn, payload, { roleArn: RoleArn, ...(group === undefined ? {} : { messageGroupId: group }) });
};

const giveUp = async (deps: InvocationDeps, schedule: KeptSchedule, dueAt: number, payload: string, error: unknown): Promise<void> => {
  const { Arn = '', DeadLetterConfig, RoleArn = '' } = schedule.target;
  if (DeadLetterConfig?.Arn !== undefined) await deps.invokeTarget(DeadLetterConfig.Arn, payload, { roleArn: RoleArn }).catch(() => undefined);
  deps.onLost({ scheduleArn: schedule.arn, targetArn: Arn, dueAt, error });
};

/** Invokes a schedule's target under its role, again and again as its policy says. Resolves when it was taken or given up. */
export const invokeScheduled = async (deps: InvocationDeps, schedule: KeptSchedule, dueAt: number, signal: AbortSignal): Promise<void> => {
  const { MaximumRetryAttempts = defaults.attempts, MaximumEventAgeInSeconds = defaults.ageSeconds } = schedule.target.RetryPolicy ?? {};
  const { clock, timeScale } = deps;
  const began = clock.now();
  const executionId = randomUUID();
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const payload = payloadOf(schedule, dueAt, executionId, attempt);
    try {
      await invokeOnce(deps, schedule, payload);
      return;
    } catch (error) {
      const isTooOld = clock.now() - began > timeScale.scaled(MaximumEventAgeInSeconds * 1000);
      if (isPermanent(error) || attempt > MaximumRetryAttempts || isTooOld) {
        await giveUp(deps, schedule, dueAt, payload, error);
        return;
      }
      const pause = timeScale.scaled(Math.min(firstPauseMilliseconds * 2 ** (attempt - 1), longestPauseMilliseconds));
      await clock.sleep(Math.max(pause, shortestPauseMilliseconds), signal);
    }
  }
};

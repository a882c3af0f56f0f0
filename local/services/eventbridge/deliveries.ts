import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { BusState, Delivery } from './bus-state.ts';
import { targetInput } from './target-input.ts';
import { isPermanent, type TargetInvoker } from './target-invoker.ts';

/** An event that its target never took. */
export interface LostEvent {
  readonly delivery: Delivery;
  readonly error: unknown;
  /** Whether the target's dead-letter queue took it. */
  readonly isInDeadLetterQueue: boolean;
}

/** What deliveries are made with. */
export interface DeliveryDeps {
  readonly state: BusState;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly invokeTarget: TargetInvoker;
  readonly onLost: (lost: LostEvent) => void;
}

/** Carries events to targets until it is closed. What is under way is taken up again at the next start. */
export interface Deliveries {
  deliver(delivery: Delivery): void;
  close(): Promise<void>;
}

/** Retry policy of a target that sets none. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const defaults = { attempts: 185, ageSeconds: 86_400 };
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 10 * 60_000;
/** However fast time runs, a failing target is not hammered. */
const shortestPauseMilliseconds = 20;

const keyOf = ({ event, ruleArn, target }: Delivery): string => `${event.id} ${ruleArn} ${target.Id ?? ''}`;

const optionsOf = ({ ruleArn, target: { RoleArn, SqsParameters } }: Delivery) => ({
  sourceArn: ruleArn,
  ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
  ...(SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: SqsParameters.MessageGroupId }),
});

const giveUp = async ({ invokeTarget, onLost }: DeliveryDeps, delivery: Delivery, error: unknown): Promise<void> => {
  const queueArn = delivery.target.DeadLetterConfig?.Arn;
  const taken = queueArn === undefined ? false : await invokeTarget(queueArn, JSON.stringify(delivery.event), {}).then(() => true, () => false);
  onLost({ delivery, error, isInDeadLetterQueue: taken });
};

/** Tries once. Answers the delivery to try again, if any. */
const attempt = async (deps: DeliveryDeps, delivery: Delivery): Promise<Delivery | undefined> => {
  const { target, event, ruleArn } = delivery;
  try {
    await deps.invokeTarget(target.Arn ?? '', targetInput(target, event, ruleArn), optionsOf(delivery));
    return undefined;
  } catch (error) {
    const failedAttempts = delivery.failedAttempts + 1;
    const age = deps.clock.now() - delivery.acceptedAt;
    const { MaximumRetryAttempts = defaults.attempts, MaximumEventAgeInSeconds = defaults.ageSeconds } = target.RetryPolicy ?? {};
    if (isPermanent(error) || failedAttempts > MaximumRetryAttempts || age > deps.timeScale.scaled(MaximumEventAgeInSeconds * 1000)) {
      await giveUp(deps, delivery, error);
      return undefined;
    }
    const pause = deps.timeScale.scaled(Math.min(firstPauseMilliseconds * 2 ** (failedAttempts - 1), longestPauseMilliseconds));
    return { ...delivery, failedAttempts, dueAt: deps.clock.now() + Math.max(pause, shortestPauseMilliseconds) };
  }
};

/** Takes up what a former process left under way. */
export const startDeliveries = (deps: DeliveryDeps): Deliveries => {
  const { state, clock } = deps;
  const ended = new AbortController();
  const underWay = new Set<Promise<void>>();

  const carry = async (first: Delivery): Promise<void> => {
    let next: Delivery | undefined = first;
    while (next) {
      state.deliveries.put(keyOf(next), next);
      await clock.sleep(Math.max(next.dueAt - clock.now(), 0), ended.signal);
      if (ended.signal.aborted) return;
      next = await attempt(deps, next);
    }
    state.deliveries.delete(keyOf(first));
  };

  const deliver = (delivery: Delivery): void => {
    const carried = carry(delivery).finally(() => underWay.delete(carried));
    underWay.add(carried);
  };

  for (const delivery of [...state.deliveries.values()]) deliver(delivery);
  return {
    deliver,
    close: async () => {
      ended.abort();
      await Promise.all(underWay);
    },
  };
};

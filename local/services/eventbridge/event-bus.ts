import { randomUUID } from 'node:crypto';
import type { EventSink, ServiceEvent } from '../../runtime/ports.ts';
import { eventTime, type BusEvent } from './bus-event.ts';
import type { Rule } from './bus-state.ts';
import { startDeliveries, type Deliveries, type DeliveryDeps } from './deliveries.ts';
import { compilePattern, type EventMatcher } from './event-pattern.ts';

/** The default bus. */
export interface EventBus extends EventSink {
  /** Puts an event on the bus; `at` is its time in milliseconds, now when absent. Answers its id. */
  put(event: ServiceEvent, at?: number): string;
  /** Sends an event to the targets of one rule, whatever its pattern. */
  fire(rule: Rule, event: ServiceEvent): void;
  close(): Promise<void>;
}

/** What the bus is made from. */
export interface EventBusDeps extends DeliveryDeps {
  readonly accountId: string;
  readonly region: string;
}

/** From an event's acceptance to its target's invocation takes about a second on AWS: AWS/Events, IngestionToInvocationStartLatency. */
const latencyMilliseconds = 1_000;

const patternCache = (): ((pattern: string) => EventMatcher) => {
  const compiled = new Map<string, EventMatcher>();
  return (pattern) => {
    const known = compiled.get(pattern) ?? compilePattern(pattern);
    compiled.set(pattern, known);
    return known;
  };
};

/** Opens the bus and takes up deliveries under way. */
export const openEventBus = (deps: EventBusDeps): EventBus => {
  const { state, clock, timeScale, accountId, region } = deps;
  const deliveries: Deliveries = startDeliveries(deps);
  const matcherOf = patternCache();

  const envelope = ({ source, detailType, resources, detail }: ServiceEvent, at: number): BusEvent => ({
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: accountId,
    time: eventTime(at),
    region,
    resources,
    detail,
  });

  const send = (rule: Rule, event: BusEvent): void => {
    const acceptedAt = clock.now();
    for (const target of rule.targets) {
      deliveries.deliver({ event, ruleArn: rule.arn, target, acceptedAt, dueAt: acceptedAt + timeScale.scaled(latencyMilliseconds), failedAttempts: 0 });
    }
  };

  const put = (serviceEvent: ServiceEvent, at = clock.now()): string => {
    const event = envelope(serviceEvent, at);
    for (const rule of state.rules.values()) {
      if (rule.state === 'ENABLED' && rule.eventPattern !== undefined && matcherOf(rule.eventPattern)(event)) send(rule, event);
    }
    return event.id;
  };

  return {
    put,
    emit: (event) => void put(event),
    fire: (rule, event) => send(rule, envelope(event, clock.now())),
    close: () => deliveries.close(),
  };
};

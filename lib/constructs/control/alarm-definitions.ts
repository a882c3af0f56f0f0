import { Duration } from 'aws-cdk-lib';
import { metricNames } from '../../../lambda/contract/metric-names.ts';

/** What an alarm says, and when it comes. */
export interface AlarmStatement {
  /** The construct's, which is a contract. */
  readonly id: string;
  /** Of the alarm, after the stage's, and of its section in docs/runbook.md. */
  readonly name: string;
  /** What is so, and what a user loses by it. */
  readonly loss: string;
  /** How many periods in a row. @default 1 */
  readonly periods?: number;
  /** It comes when the metric is so high, or when nothing came at all. */
  readonly when: number | 'NOTHING_CAME';
}

/** An alarm of a metric that functions write. */
export interface AlarmDefinition extends AlarmStatement {
  readonly metricName: (typeof metricNames)[keyof typeof metricNames];
  /** What is summed. */
  readonly period: Duration;
}

/** What the dead-letter queue has is not tried again by itself. */
export const unhandledEvents: AlarmStatement = {
  id: 'EventUnhandled',
  name: 'event-unhandled',
  loss: 'An event could not be handled however often it was tried: an access log that is not counted, a hard stop that was not heard, a day or an hour that was not booked.',
  when: 1,
};

/** What is lost at once is told at once. */
const soon = Duration.minutes(5);

/** Every alarm of a metric of the stage's own. */
export const alarmDefinitions: readonly AlarmDefinition[] = [
  // One file is enough: it is up to an hour of a distribution at an edge location.
  {
    id: 'AccessLogsSetAside',
    name: 'access-logs-set-aside',
    loss: 'An access log could not be counted: its show\'s audience is told too small, and its delivery is charged as unlogged.',
    metricName: metricNames.accessLogsSetAside,
    period: soon,
    when: 1,
  },
  // It runs every hour, and a month that has ended is to be closed within 26: six that fail leave time to mend it.
  {
    id: 'AccrualOverdue',
    name: 'accrual-overdue',
    loss: 'What is stored has not been booked for six hours: storage held is told as of then, and months that have ended are not closed in time, so that accounts get no statement.',
    metricName: metricNames.accrualsBooked,
    period: Duration.hours(6),
    when: 'NOTHING_CAME',
  },
  {
    id: 'ChannelUnheld',
    name: 'channel-unheld',
    loss: 'A channel runs for no show: the platform pays for it, hour by hour, until somebody stops it.',
    metricName: metricNames.channelsUnheld,
    period: soon,
    when: 1,
  },
  // It runs every day; one that fails is made good by the next.
  {
    id: 'InventoryOverdue',
    name: 'inventory-overdue',
    loss: 'For two days nobody has compared what is stored with what is charged for: files that came or went unnoticed are charged too little or too much.',
    metricName: metricNames.inventoriesTaken,
    period: Duration.days(1),
    periods: 2,
    when: 'NOTHING_CAME',
  },
  {
    id: 'PipelineOverheld',
    name: 'pipeline-overheld',
    loss: 'A show is over and its pipeline could not be given back: no other show can start on it, and viewers\' access to it may not have ended.',
    metricName: metricNames.pipelinesOverheld,
    period: soon,
    when: 1,
  },
  // The list is read daily: two days without a reading are more than a bad day of the list.
  {
    id: 'PricesOverdue',
    name: 'prices-overdue',
    loss: 'The Price List has not been read for two days: shows are rated with older prices, and what AWS lists newly has no price.',
    metricName: metricNames.priceListsRead,
    period: Duration.days(1),
    periods: 2,
    when: 'NOTHING_CAME',
  },
  // It runs every minute: five that fail are more than a service's bad moment.
  {
    id: 'ReconcilerOverdue',
    name: 'reconciler-overdue',
    loss: 'For five minutes not all pipelines could be compared with their shows: what runs too long is not stopped, who may no longer watch may not have been put out, and lost executions are not made good.',
    metricName: metricNames.pipelinesReconciled,
    period: soon,
    when: 'NOTHING_CAME',
  },
  {
    id: 'RecordingFailed',
    name: 'recording-failed',
    loss: 'The recording of a show is not there, or not whole: viewers cannot watch later what they missed, and the customer has no film of it.',
    metricName: metricNames.recordingsFailed,
    period: soon,
    when: 1,
  },
  {
    id: 'ServiceLimitReached',
    name: 'service-limit-reached',
    loss: 'Amazon IVS lets no more streams or viewers of the AWS account in: encoders of other shows, or viewers who come now, are refused.',
    metricName: metricNames.serviceLimitsReached,
    period: soon,
    when: 1,
  },
  {
    id: 'ShowFailed',
    name: 'show-failed',
    loss: 'A show failed or could not start: its viewers see nothing until it goes on with another pipeline or is started again.',
    metricName: metricNames.showsFailed,
    period: soon,
    when: 1,
  },
  // Whoever is seen is disconnected at once; who is there a third minute cannot be put out.
  {
    id: 'StrangerOnAir',
    name: 'stranger-on-air',
    loss: 'An encoder that is not the show\'s cannot be put out: viewers see what is not the show, and the show\'s own encoder is refused.',
    metricName: metricNames.strangersOnAir,
    period: soon,
    when: 3,
  },
  {
    id: 'StreamUnrecorded',
    name: 'stream-unrecorded',
    loss: 'What is streamed to a show is not recorded, or no longer: that part of it will be in no recording.',
    metricName: metricNames.streamsUnrecorded,
    period: soon,
    when: 1,
  },
  // Every hour says so until it is final.
  {
    id: 'UsageOverdue',
    name: 'usage-overdue',
    loss: 'The usage of a show that was over 28 hours ago is not final: its account\'s month cannot be closed, and the customer gets no statement.',
    metricName: metricNames.usageOverdue,
    period: Duration.hours(1),
    when: 1,
  },
  // The month is looked at every hour, and says so until the line has a price or the month is over.
  {
    id: 'UsageUnpriced',
    name: 'usage-unpriced',
    loss: 'Usage of this month has no price, because the price list has not exactly one rate for it: it is in no amount, and customers are charged too little.',
    metricName: metricNames.usageUnpriced,
    period: Duration.hours(1),
    when: 1,
  },
];

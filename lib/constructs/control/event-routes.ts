import { Aws, Duration } from 'aws-cdk-lib';
import { Rule, Schedule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { mediaEvents } from '../../../lambda/contract/media-events.ts';
import type { FoundationStack } from '../../stacks/foundation-stack.ts';
import type { ControlFunctions } from './control-functions.ts';

export interface EventRoutesProps {
  readonly functions: ControlFunctions;
  readonly foundation: FoundationStack;
}

type EventKind = keyof typeof mediaEvents;

/** The functions that events and schedules wake. */
type Woken = 'mediaEvents' | 'accessLogs' | 'priceBook' | 'reconciler' | 'accrual' | 'inventory' | 'usageMetrics';

/** What an event tells is also polled: after these hours it is no longer news. */
const delivery = { maxEventAge: Duration.hours(6), retryAttempts: 20 };

/** Which events reach which function. What cannot be delivered is kept in the dead-letter queue. */
export class EventRoutes extends Construct {
  private readonly functions: ControlFunctions;

  constructor(scope: Construct, id: string, { functions, foundation }: EventRoutesProps) {
    super(scope, id);
    this.functions = functions;
    this.route('ChannelStates', 'mediaEvents', this.pattern('channelState'));
    this.route('ChannelAlerts', 'mediaEvents', this.pattern('channelAlert'));
    this.route('InputChanges', 'mediaEvents', this.pattern('inputChange'));
    this.route('PackagerInputs', 'mediaEvents', this.pattern('packagerInput'));
    this.route('KeyProviders', 'mediaEvents', this.pattern('keyProvider'));
    // PROGRESSING and STATUS_UPDATE come every minute and tell nothing that lasts.
    this.route('ConversionStates', 'mediaEvents', this.pattern('conversionState', { status: ['COMPLETE', 'ERROR', 'CANCELED'], queue: [foundation.conversion.queue.attrArn] }));
    this.route('NewAccessLogs', 'accessLogs', this.pattern('objectCreated', { bucket: { name: [foundation.accessLogs.bucket.bucketName] } }));
    // A new stage has no prices until someone fetches them: its own deployment asks for the first book.
    this.route('Deployments', 'priceBook', this.pattern('stackStatus', { 'stack-id': [Aws.STACK_ID], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } }));
    this.repeat('DailyPrices', 'priceBook', Duration.days(1), 'Prices change at any time of a month');
    // A month is to be closed at most 26 hours after its end, of which logs may take 24.
    this.repeat('HourlyAccrual', 'accrual', Duration.hours(1), 'Books what is held when something expires or a month ends');
    this.repeat('DailyInventory', 'inventory', Duration.days(1), 'Compares what is stored with what is charged for');
    // At a minute far from the hour's ends: in each hour once, also when it is tried again.
    this.schedule('HourlyUsageMetrics', 'usageMetrics', Schedule.cron({ minute: '10' }), 'Publishes the usage of the month for the dashboard');
    // Events are best effort: what they did not tell is found out by looking.
    this.repeat('Reconciliation', 'reconciler', Duration.minutes(1), 'Compares channels with shows');
    if (foundation.camSharing) this.routeStreams();
  }

  private routeStreams(): void {
    this.route('StreamStates', 'mediaEvents', this.pattern('streamState'));
    this.route('StreamHealths', 'mediaEvents', this.pattern('streamHealth'));
    this.route('StreamLimits', 'mediaEvents', this.pattern('streamLimit'));
    this.route('StreamRecordings', 'mediaEvents', this.pattern('streamRecording'));
  }

  private pattern(kind: EventKind, detail?: Readonly<Record<string, unknown>>): EventPattern {
    const { source, detailType } = mediaEvents[kind];
    return { source: [source], detailType: [detailType], ...(detail && { detail }) };
  }

  private route(id: string, target: Woken, eventPattern: EventPattern): void {
    new Rule(this, id, { eventPattern, targets: [this.target(target)] });
  }

  private repeat(id: string, target: Woken, every: Duration, description: string): void {
    this.schedule(id, target, Schedule.rate(every), description);
  }

  private schedule(id: string, target: Woken, schedule: Schedule, description: string): void {
    new Rule(this, id, { description, schedule, targets: [this.target(target)] });
  }

  private target(name: Woken): LambdaFunction {
    return new LambdaFunction(this.functions.get(name).function, { ...delivery, deadLetterQueue: this.functions.deadLetters });
  }
}

import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionName } from '../../../lambda/contract/functions.ts';
import { acknowledge } from '../acknowledge.ts';
import { ControlFunction } from './control-function.ts';
import type { ControlResources } from './control-resources.ts';
import { functionBindings } from './function-bindings.ts';
import type { FunctionCode } from './function-code.ts';

export interface ControlFunctionsProps {
  readonly stage: string;
  readonly code: FunctionCode;
}

/** `show-control` reads better than `showControl` in ids of resources: `ShowControl`. */
const pascalCase = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Every function of the control plane, one per privilege boundary, and where their failed events are kept. */
export class ControlFunctions extends Construct {
  /** Events that no retry could handle, for 14 days. */
  readonly deadLetters: Queue;
  private readonly byName: Readonly<Record<FunctionName, ControlFunction>>;

  constructor(scope: Construct, id: string, { stage, code }: ControlFunctionsProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', { enforceSSL: true, encryption: QueueEncryption.SQS_MANAGED, retentionPeriod: Duration.days(14) });
    acknowledge(this.deadLetters, { 'AwsSolutions-SQS3': 'This is the dead-letter queue itself.' });
    const define = (name: FunctionName): ControlFunction => new ControlFunction(this, pascalCase(name), { stage, name, code, deadLetters: this.deadLetters });
    this.byName = {
      authoriser: define('authoriser'),
      api: define('api'),
      showControl: define('showControl'),
      ingest: define('ingest'),
      playback: define('playback'),
      recordings: define('recordings'),
      shared: define('shared'),
      monitoring: define('monitoring'),
      usage: define('usage'),
      showChannel: define('showChannel'),
      showState: define('showState'),
      showEdge: define('showEdge'),
      conversion: define('conversion'),
      metering: define('metering'),
      mediaEvents: define('mediaEvents'),
      accessLogs: define('accessLogs'),
      hardStop: define('hardStop'),
      reconciler: define('reconciler'),
      accrual: define('accrual'),
      inventory: define('inventory'),
      usageMetrics: define('usageMetrics'),
      priceBook: define('priceBook'),
    };
  }

  get(name: FunctionName): ControlFunction {
    return this.byName[name];
  }

  /** Gives every function its environment and its permissions. */
  bind(resources: ControlResources): void {
    for (const target of Object.values(this.byName)) for (const binding of functionBindings[target.name]) binding(target, resources);
  }
}

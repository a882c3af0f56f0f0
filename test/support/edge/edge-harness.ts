import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { type CloudFront, createCloudFront } from '../../../local/edge/cloudfront.ts';
import type { CallContext } from '../../../local/gateway/service.ts';
import { timeScale } from '../../../local/runtime/clock.ts';
import type { MetricObservation } from '../../../local/runtime/ports.ts';
import { memoryStateStore, type StateStore } from '../../../local/runtime/state/collection.ts';
import { type ManualClock, manualClock } from '../manual-clock.ts';
import { type LogBucket, startLogBucket } from './log-bucket.ts';
import { type OriginServer, startOrigin } from './origin-server.ts';

/** An answer whose members the test knows. */
export type Answer = ReturnType<typeof JSON.parse>;

/** CloudFront with an origin, a log bucket and a clock that a test moves. */
export interface EdgeHarness {
  readonly cloudFront: CloudFront;
  readonly origin: OriginServer;
  readonly bucket: LogBucket;
  readonly clock: ManualClock;
  readonly metrics: MetricObservation[];
  readonly faults: string[];
  readonly functionLog: string[];
  readonly state: StateStore;
  /** Calls an operation of the control plane. */
  call(operation: string, input: object): Promise<Answer>;
  /** Calls an operation of the key value stores' own API. */
  callKeys(operation: string, input: object): Promise<Answer>;
  /** Creates a distribution in front of the origin and answers its id and domain name. */
  distribution(config?: Partial<DistributionConfig>): Promise<{ id: string; domainName: string }>;
  close(): Promise<void>;
}

const noon = Date.parse('2026-01-05T12:00:00Z');

const context: CallContext = { principal: { kind: 'operator' }, requestId: 'request', region: 'us-east-1', accountId: '123456789012' };

/** UseOriginCacheControlHeaders: keeps what the origin says. */
export const originCachePolicy = '83da9c7e-98b4-4e11-a168-04f0df8e2c65';

/** A distribution's configuration in front of one origin, with access logs. */
export const aDistributionConfig = (originDomainName: string, over: Partial<DistributionConfig> = {}): DistributionConfig => ({
  CallerReference: `test-${crypto.randomUUID()}`,
  Comment: '',
  Enabled: true,
  Origins: { Quantity: 1, Items: [{ Id: 'origin', DomainName: originDomainName, CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' } }] },
  DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: originCachePolicy },
  Logging: { Enabled: true, IncludeCookies: false, Bucket: 'logs.s3.us-east-1.amazonaws.com', Prefix: 'pl_main/' },
  ...over,
});

/** Starts the harness; `state` continues an earlier one's. */
export const startEdge = async ({ state = memoryStateStore(), clock = manualClock(noon), firstPort = 0 }: { state?: StateStore; clock?: ManualClock; firstPort?: number } = {}): Promise<EdgeHarness> => {
  const [origin, bucket] = [await startOrigin(), await startLogBucket()];
  const metrics: MetricObservation[] = [];
  const faults: string[] = [];
  const functionLog: string[] = [];
  const cloudFront = createCloudFront({
    state,
    clock,
    timeScale: timeScale(1),
    firstPort,
    metrics: { record: (observation) => metrics.push(observation) },
    accountId: context.accountId,
    clientSettings: () => bucket.settings,
    serviceSessions: () => bucket.settings,
    functionLog: (_name, _requestId, line) => functionLog.push(line),
    onFault: (message) => faults.push(message),
  });
  const callOf = (signingName: string) => async (name: string, input: object): Promise<Answer> => {
    const operation = cloudFront.services.find((service) => service.signingName === signingName)?.operations[name];
    if (!operation) throw new Error(`no operation ${name}`);
    operation.permissions(input, context);
    return operation.handle(input, context);
  };
  const call = callOf('cloudfront');
  return {
    cloudFront, origin, bucket, clock, metrics, faults, functionLog, state, call,
    callKeys: callOf('cloudfront-keyvaluestore'),
    distribution: async (config) => {
      const { Distribution } = await call('CreateDistribution', { DistributionConfig: aDistributionConfig(origin.domainName, config) });
      return { id: Distribution.Id, domainName: Distribution.DomainName };
    },
    close: async () => {
      await cloudFront.close();
      await origin.close();
      await bucket.close();
    },
  };
};

/** The sum of a metric's values. */
export const metricSum = (metrics: readonly MetricObservation[], name: string): number =>
  metrics.filter((observation) => observation.name === name).reduce((sum, { value }) => sum + value, 0);

import type { Server } from 'node:http';
import type { SchemaService } from '../gateway/service.ts';
import type { Clock, TimeScale } from '../runtime/clock.ts';
import type { ClientSettings, MetricSink, ServiceSessions } from '../runtime/ports.ts';
import type { StateStore } from '../runtime/state/collection.ts';
import { createCloudFrontService } from '../services/cloudfront/cloudfront-service.ts';
import { openCloudFrontState } from '../services/cloudfront/cloudfront-state.ts';
import { cloudFrontArn, type CloudFrontWorld, randomId } from '../services/cloudfront/cloudfront-world.ts';
import { createEdgeView } from '../services/cloudfront/edge-view.ts';
import { openKeyValueData } from '../services/cloudfront-keyvaluestore/key-value-data.ts';
import { createKeyValueService } from '../services/cloudfront-keyvaluestore/key-value-service.ts';
import { createObjectCache } from './cache/object-cache.ts';
import { createObjectFetcher } from './cache/object-fetch.ts';
import { createObjectSource } from './cache/object-source.ts';
import type { EdgeConfiguration } from './edge-configuration.ts';
import { createEdgeLocations } from './edge-locations.ts';
import { recordRequest } from './edge-metrics.ts';
import { createFunctionRunner, type FunctionLog } from './functions/function-runner.ts';
import { accessLogLine } from './logs/access-log-line.ts';
import type { AccessRecord } from './logs/access-record.ts';
import { createLogDelivery, type LogDelivery } from './logs/log-delivery.ts';
import { createS3LogFiles, logTarget } from './logs/s3-log-files.ts';
import { createOriginClient } from './origin/origin-client.ts';
import { serveViewer } from './serve-viewer.ts';
import { createViewerListener } from './viewer-listener.ts';

/** What CloudFront works with on this machine. */
export interface CloudFrontDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly metrics: MetricSink;
  readonly accountId: string;
  /** Settings of the operator: access logs are delivered with them. Asked for when the first log file is due. */
  clientSettings(): ClientSettings;
  /** How CloudFront calls as itself: origins that are buckets are asked so, for the distribution. */
  readonly serviceSessions: ServiceSessions;
  /** The first distribution's port. @default chosen by the system */
  readonly firstPort?: number;
  /** Point of presence that logs and headers name. @default IAD89-C1 */
  readonly edgeLocation?: string;
  /** Country of all viewers, whose addresses say none on this machine. @default US, where the point of presence is */
  readonly viewerCountry?: string;
  /** Bytes of bodies that are kept in memory. @default 128 MiB */
  readonly cacheBytes?: number;
  /** Where functions' console.log goes. @default nowhere */
  readonly functionLog?: FunctionLog;
  /** Told of faults that no viewer and no caller sees. */
  readonly onFault: (message: string) => void;
}

/** CloudFront: its two services, and its listeners. */
export interface CloudFront {
  readonly services: readonly SchemaService[];
  /** Opens the listeners of kept distributions, on their former ports where they are free. */
  open(): Promise<void>;
  /** Delivers the access logs that are waiting, at once. */
  deliverLogs(): Promise<void>;
  /** Closes all listeners and delivers the last access logs: S3 must still be there. */
  close(): Promise<void>;
}

const account = (configuration: EdgeConfiguration, metrics: MetricSink, logs: LogDelivery) => (record: AccessRecord): void => {
  recordRequest(metrics, record);
  const logging = configuration.distribution(record.distributionId)?.config.Logging;
  const target = logTarget(logging);
  if (target) logs.add(record.distributionId, target, accessLogLine(record, logging?.IncludeCookies === true), record.finishedAt);
};

const requestId = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(40))).toString('base64url') + '==';

const faultMessage = (error: unknown): string => `edge: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;

const reopen = async ({ state, edge }: CloudFrontWorld): Promise<void> => {
  for (const record of [...state.distributions.values()]) {
    const domainName = await edge.open(record.id, record.domainName);
    if (domainName !== record.domainName) state.distributions.put(record.id, { ...record, domainName });
  }
};

/** CloudFront's control plane, its key value stores and its edge, put together. */
export const createCloudFront = (dependencies: CloudFrontDependencies): CloudFront => {
  const { clock, timeScale, metrics, onFault } = dependencies;
  const state = openCloudFrontState(dependencies.state);
  // Writes to a key value store reach edge locations within a few seconds.
  const data = openKeyValueData(dependencies.state, clock, timeScale.scaled(5_000));
  const configuration = createEdgeView(state, data, clock);
  const client = createOriginClient();
  const cache = createObjectCache(dependencies.cacheBytes ?? 128 * 1024 * 1024);
  const source = createObjectSource(cache, createObjectFetcher(client, cache, clock), clock);
  const functions = createFunctionRunner(configuration, metrics, dependencies.functionLog ?? (() => undefined));
  const files = createS3LogFiles(() => dependencies.clientSettings());
  const logs = createLogDelivery({ state: dependencies.state, clock, timeScale, put: files.put, newId: randomId, onFailure: onFault });
  const identity = { location: dependencies.edgeLocation ?? 'IAD89-C1', via: `1.1 ${randomId(32).toLowerCase()}.cloudfront.net (CloudFront)` };
  const bucketAccess = (distributionId: string): ClientSettings =>
    dependencies.serviceSessions('cloudfront.amazonaws.com', cloudFrontArn(dependencies.accountId, `distribution/${distributionId}`));
  const parts = { configuration, source, client, functions, clock, bucketAccess, viewerCountry: dependencies.viewerCountry ?? 'US' };
  const onAnswered = account(configuration, metrics, logs);
  const createListener = (distributionId: string): Server =>
    createViewerListener({
      distributionId,
      identity,
      clock,
      newRequestId: requestId,
      serve: (request, marks, body) => serveViewer(parts, distributionId, request, marks, body),
      onAnswered,
      onFault: (error) => onFault(faultMessage(error)),
    });
  const edge = createEdgeLocations({
    ...(dependencies.firstPort !== undefined && { firstPort: dependencies.firstPort }),
    createListener,
    afterClose: (distributionId) => logs.flush(distributionId),
  });
  const world: CloudFrontWorld = { state, clock, timeScale, edge, accountId: dependencies.accountId, newId: randomId };
  return {
    services: [createCloudFrontService(world), createKeyValueService(world, data)],
    open: () => reopen(world),
    deliverLogs: () => logs.flush(),
    close: async () => {
      await edge.closeAll();
      await logs.close();
      client.close();
      files.close();
    },
  };
};

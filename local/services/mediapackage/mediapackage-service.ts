import * as sdk from '@aws-sdk/client-mediapackage';
import { join } from 'node:path';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import { timeScale, type Clock, type TimeScale } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { cdnGuard } from './authorisation/cdn-guard.ts';
import { cdnIdentifiers } from './authorisation/cdn-identifiers.ts';
import { channelOperations } from './channel-operations.ts';
import { addressGuard, everyGuard } from './delivery/address-guard.ts';
import { startDataPlane, type DataPlane } from './delivery/data-plane.ts';
import { InputNotifications } from './delivery/input-notifications.ts';
import { recordActiveInput } from './delivery/traffic-metrics.ts';
import { spekeProtection } from './encryption/speke-protection.ts';
import { endpointOperations } from './endpoint-operations.ts';
import type { IngestSession } from './packaging/ingest-session.ts';
import { Packager } from './packaging/packager.ts';
import { openRecords, randomNames, type NameSource } from './records.ts';
import { tagOperations } from './tag-operations.ts';

/** What MediaPackage is built from. */
export interface MediaPackageDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly metrics: MetricSink;
  readonly events: EventSink;
  readonly roles: RoleSessions;
  readonly owner: ResourceOwner;
  /** Where live content is held while it can be played. Emptied at the start. */
  readonly mediaFolder: string;
  /** @default 0, a free port */
  readonly port?: number;
  readonly names?: NameSource;
  /** @default as late as AWS */
  readonly scale?: TimeScale;
  /** Told why an endpoint lets nobody through. @default nobody is told */
  readonly log?: (message: string) => void;
}

/** MediaPackage (v1) with its ingest and origin listener. */
export interface MediaPackage {
  readonly service: LocalService;
  /** Listens. Operations that answer URLs work after it. */
  start(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}

const expiryIntervalMilliseconds = 5000;

/** A new identifier of a CDN is known within ten minutes. https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth-rotate.html */
const identifierRefreshMilliseconds = 600_000;

/** Creates MediaPackage. Channels and endpoints are kept in the state store, live content only while the process runs. */
export const createMediaPackageService = (dependencies: MediaPackageDependencies): MediaPackage => {
  const { state, clock, metrics, events, roles, owner, mediaFolder, scale = timeScale(1), log = () => undefined } = dependencies;
  const records = openRecords(state);
  const packager = new Packager({ records, folder: join(mediaFolder, 'mediapackage'), clock, notifications: new InputNotifications(events, owner, clock) });
  const guard = everyGuard(addressGuard, cdnGuard(cdnIdentifiers({ roles, clock, refreshMilliseconds: scale.scaled(identifierRefreshMilliseconds) }), log));
  const protection = spekeProtection({ roles, clock, events, owner });
  const closing = new AbortController();
  let dataPlane: DataPlane | undefined;
  const baseUrl = (): string => {
    if (dataPlane === undefined) throw new Error('MediaPackage has no URLs before it is started');
    return `http://127.0.0.1:${dataPlane.port}`;
  };
  const controlPlane = { records, packager, names: dependencies.names ?? randomNames, clock, baseUrl };
  const expireNowAndThen = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await clock.sleep(expiryIntervalMilliseconds, closing.signal);
      for (const [channelId, session] of packager.expire()) noteActiveInput(channelId, session);
    }
  };
  const noteActiveInput = (channelId: string, session: IngestSession): void => {
    const ingestEndpoints = records.channels.get(channelId)?.ingestEndpoints.map(({ id }) => id) ?? [];
    if (!ingestEndpoints.some((_, input) => session.isLive(input, clock.now()))) return;
    for (const { id } of records.endpointsOf(channelId)) recordActiveInput(metrics, id, ingestEndpoints, session.activeInput);
  };

  return {
    service: defineService('mediapackage', sdk, { ...channelOperations(controlPlane), ...endpointOperations(controlPlane), ...tagOperations(controlPlane) }),
    start: async () => {
      dataPlane = await startDataPlane({ records, packager, metrics, clock, guard, protection }, dependencies.port ?? 0);
      void expireNowAndThen();
      return { port: dataPlane.port };
    },
    close: async () => {
      closing.abort();
      await dataPlane?.close();
      packager.close();
    },
  };
};

import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorIdentity } from '../../../local/gateway/authentication/identities.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import type { LocalService } from '../../../local/gateway/service.ts';
import { systemClock, timeScale, type Clock } from '../../../local/runtime/clock.ts';
import type { ClientSettings, EventSink, MetricObservation, MetricSink, RoleSessions, ServiceEvent } from '../../../local/runtime/ports.ts';
import { memoryStateStore, type StateStore } from '../../../local/runtime/state/collection.ts';
import { createMediaLiveService, type MediaLive, type MediaLiveDependencies } from '../../../local/services/medialive/medialive-service.ts';
import { createMediaPackageService, type MediaPackage } from '../../../local/services/mediapackage/mediapackage-service.ts';
import { createS3Service } from '../../../local/services/s3/s3-service.ts';
import { until } from '../until.ts';

/** What the services of a stage share. */
export interface StageWorld {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly folder: string;
  readonly eventSink: EventSink;
  readonly metricSink: MetricSink;
  readonly roles: RoleSessions;
}

/** The media services behind a real gateway, with everything they told the world. */
export interface MediaStage {
  readonly settings: ClientSettings;
  readonly events: readonly ServiceEvent[];
  readonly metrics: readonly MetricObservation[];
  readonly folder: string;
  readonly state: StateStore;
  readonly mediaLive: MediaLiveClient;
  readonly mediaPackage: MediaPackageClient;
  readonly s3: S3Client;
  readonly mediaLiveService: MediaLive;
  readonly mediaPackageService: MediaPackage;
  readonly rtmpPort: number;
  readonly originPort: number;
  /** Resolves when the condition holds; rejects after the given time with what was waited for. */
  until(what: string, condition: () => boolean | Promise<boolean>, milliseconds?: number): Promise<void>;
  close(): Promise<void>;
}

export const archiveBucket = 'archive-bucket';
export const channelRoleArn = 'arn:aws:iam::123456789012:role/channel';
export const owner = { region: 'us-east-1', accountId: '123456789012' };

export const startMediaStage = async (more: (world: StageWorld) => readonly LocalService[] = () => [], state: StateStore = memoryStateStore(), mediaLiveOptions: Partial<MediaLiveDependencies> = {}): Promise<MediaStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'media-stage-'));
  const events: ServiceEvent[] = [];
  const metrics: MetricObservation[] = [];
  const connection: { settings?: ClientSettings } = {};
  const connected = (): ClientSettings => {
    if (connection.settings === undefined) throw new Error('the gateway does not listen yet');
    return connection.settings;
  };
  const world: StageWorld = {
    state, clock: systemClock, folder,
    eventSink: { emit: (event) => void events.push(event) },
    metricSink: { record: (observation) => void metrics.push(observation) },
    roles: {
      assume: (roleArn) => {
        if (!roleArn.startsWith('arn:aws:iam::')) throw new Error(`role ${roleArn} does not exist`);
        return connected();
      },
    },
  };
  const { eventSink, metricSink, roles } = world;
  const mediaPackage = createMediaPackageService({ state, clock: systemClock, metrics: metricSink, events: eventSink, roles, owner, mediaFolder: folder });
  const mediaLive = createMediaLiveService({
    state, clock: systemClock, scale: timeScale(Infinity), events: eventSink, metrics: metricSink, roles, owner, ffmpegPath: 'ffmpeg', mediaFolder: folder, shortestTransitionMilliseconds: 50, ...mediaLiveOptions,
  });
  const gateway = createGateway({
    services: [createS3Service({ state, folder: join(folder, 's3'), clock: systemClock, events: eventSink }), mediaPackage.service, mediaLive.service, ...more(world)],
    access: { identity: (key) => (key === operatorIdentity.accessKeyId ? operatorIdentity : undefined), denial: () => undefined },
    clock: systemClock, logger: { error: (message, details) => console.error(message, details) }, ...owner,
  });
  const { url } = await gateway.listen();
  const { accessKeyId, secretAccessKey } = operatorIdentity;
  const settings = { region: owner.region, endpoint: url, credentials: { accessKeyId, secretAccessKey } };
  connection.settings = settings;
  const { port: originPort } = await mediaPackage.start();
  const { rtmpPort } = await mediaLive.start();
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: archiveBucket }));
  return {
    settings, events, metrics, folder, state, s3, rtmpPort, originPort,
    mediaLive: new MediaLiveClient(settings), mediaPackage: new MediaPackageClient(settings), mediaLiveService: mediaLive, mediaPackageService: mediaPackage,
    until,
    close: async () => {
      await mediaLive.close();
      await mediaPackage.close();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

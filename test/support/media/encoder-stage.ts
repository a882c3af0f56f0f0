import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorIdentity } from '../../../local/gateway/authentication/identities.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { systemClock, timeScale } from '../../../local/runtime/clock.ts';
import type { ClientSettings, MetricObservation, ServiceEvent } from '../../../local/runtime/ports.ts';
import { memoryStateStore, type StateStore } from '../../../local/runtime/state/collection.ts';
import { createMediaLiveService, type MediaLive } from '../../../local/services/medialive/medialive-service.ts';
import { createS3Service } from '../../../local/services/s3/s3-service.ts';
import { until } from '../until.ts';
import { archiveBucket, owner } from './media-stage.ts';
import { startRecordingPackager, type RecordingPackager } from './recording-packager.ts';

/** MediaLive on real media between S3 and a packager that records. */
export interface EncoderStage {
  readonly events: readonly ServiceEvent[];
  readonly metrics: readonly MetricObservation[];
  readonly folder: string;
  readonly mediaLive: MediaLiveClient;
  readonly s3: S3Client;
  readonly packager: RecordingPackager;
  readonly rtmpPort: number;
  readonly mediaLiveService: MediaLive;
  until: typeof until;
  close(): Promise<void>;
}

export const startEncoderStage = async (state: StateStore = memoryStateStore(), folder = mkdtempSync(join(tmpdir(), 'encoder-stage-'))): Promise<EncoderStage> => {
  const events: ServiceEvent[] = [];
  const metrics: MetricObservation[] = [];
  const connection: { settings?: ClientSettings } = {};
  const eventSink = { emit: (event: ServiceEvent) => void events.push(event) };
  const packager = await startRecordingPackager();
  const mediaLiveService = createMediaLiveService({
    state, clock: systemClock, scale: timeScale(Infinity), events: eventSink, metrics: { record: (observation) => void metrics.push(observation) },
    roles: { assume: () => connection.settings! }, owner, ffmpegPath: 'ffmpeg', mediaFolder: folder, shortestTransitionMilliseconds: 50,
  });
  const gateway = createGateway({
    services: [createS3Service({ state, folder: join(folder, 's3'), clock: systemClock, events: eventSink }), packager.service, mediaLiveService.service],
    access: { identity: (key) => (key === operatorIdentity.accessKeyId ? operatorIdentity : undefined), denial: () => undefined },
    clock: systemClock, logger: { error: (message, details) => console.error(message, details) }, ...owner,
  });
  const { url } = await gateway.listen();
  const { accessKeyId, secretAccessKey } = operatorIdentity;
  const settings = { region: owner.region, endpoint: url, credentials: { accessKeyId, secretAccessKey } };
  connection.settings = settings;
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: archiveBucket })).catch(() => undefined);
  const { rtmpPort } = await mediaLiveService.start();
  return {
    events, metrics, folder, s3, packager, rtmpPort, mediaLiveService, until, mediaLive: new MediaLiveClient(settings),
    close: async () => {
      await mediaLiveService.close();
      await gateway.close();
      await packager.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

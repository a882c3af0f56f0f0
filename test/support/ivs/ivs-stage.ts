import { IvsClient } from '@aws-sdk/client-ivs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorIdentity } from '../../../local/gateway/authentication/identities.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { systemClock, timeScale } from '../../../local/runtime/clock.ts';
import type { ClientSettings, MetricObservation, ServiceEvent } from '../../../local/runtime/ports.ts';
import { memoryStateStore, type StateStore } from '../../../local/runtime/state/collection.ts';
import { createIvsService, type Ivs, type IvsDependencies } from '../../../local/services/ivs/ivs-service.ts';
import { createS3Service } from '../../../local/services/s3/s3-service.ts';

/** IVS and S3 behind a real gateway, with everything they told the world. */
export interface IvsStage {
  readonly settings: ClientSettings;
  readonly ivs: IvsClient;
  readonly s3: S3Client;
  readonly service: Ivs;
  readonly events: readonly ServiceEvent[];
  readonly metrics: readonly MetricObservation[];
  readonly ingestPort: number;
  readonly playbackPort: number;
  /** The details of events of one type, in order. */
  told(detailType: string): readonly Readonly<Record<string, unknown>>[];
  /** The sum of a metric, of all combinations of dimensions that are exactly these. */
  sum(name: string, dimensions: Readonly<Record<string, string>>): number;
  close(): Promise<void>;
}

export const recordingBucket = 'cam-recordings';
const owner = { region: 'us-east-1', accountId: '123456789012' };

export const startIvsStage = async (options: Partial<IvsDependencies> = {}, state: StateStore = memoryStateStore()): Promise<IvsStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'ivs-stage-'));
  const events: ServiceEvent[] = [];
  const metrics: MetricObservation[] = [];
  const connection: { settings?: ClientSettings } = {};
  const sinks = { events: { emit: (event: ServiceEvent) => void events.push(event) }, metrics: { record: (observation: MetricObservation) => void metrics.push(observation) } };
  const service = createIvsService({ state, clock: systemClock, scale: timeScale(Infinity), owner, ...sinks, clientSettings: () => connection.settings!, ffmpegPath: 'ffmpeg', mediaFolder: folder, ...options });
  const gateway = createGateway({
    services: [createS3Service({ state, folder: join(folder, 's3'), clock: systemClock, events: { emit: () => undefined } }), service.service],
    access: { identity: (key) => (key === operatorIdentity.accessKeyId ? operatorIdentity : undefined), denial: () => undefined },
    clock: systemClock, logger: { error: (message, details) => console.error(message, details) }, ...owner,
  });
  const { url } = await gateway.listen();
  const { accessKeyId, secretAccessKey } = operatorIdentity;
  const settings = { region: owner.region, endpoint: url, credentials: { accessKeyId, secretAccessKey } };
  connection.settings = settings;
  const ports = await service.start();
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: recordingBucket }));
  const ivs = new IvsClient(settings);
  return {
    settings, ivs, s3, service, events, metrics, ...ports,
    told: (detailType) => events.filter((event) => event.detailType === detailType).map(({ detail }) => detail),
    sum: (name, dimensions) => metrics.filter((metric) => metric.name === name && JSON.stringify(metric.dimensions) === JSON.stringify(dimensions)).reduce((total, { value }) => total + value, 0),
    close: async () => {
      await service.close();
      ivs.destroy();
      s3.destroy();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

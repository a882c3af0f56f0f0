import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parityOfSchemaService, type ParityFacts, type ParityNote, type ParityService } from '../assembly/parity.ts';
import { resourceProviders } from '../assembly/resources/all.ts';
import type { LocalService } from '../gateway/service.ts';
import { timeScale } from '../runtime/clock.ts';
import type { ClientSettings } from '../runtime/ports.ts';
import { memoryStateStore } from '../runtime/state/collection.ts';
import { apiGatewayParity } from '../services/apigateway/parity.ts';
import { keyValueStoreParity } from '../services/cloudfront-keyvaluestore/parity.ts';
import { cloudFrontParity } from '../services/cloudfront/parity.ts';
import { cloudWatchParity } from '../services/cloudwatch/parity.ts';
import { cognitoParity } from '../services/cognito/parity.ts';
import { dynamoDbParity } from '../services/dynamodb/parity.ts';
import { eventBridgeParity } from '../services/eventbridge/parity.ts';
import { iamParity } from '../services/iam/parity.ts';
import { ivsParity } from '../services/ivs/parity.ts';
import { lambdaParity } from '../services/lambda/parity.ts';
import { logsParity } from '../services/logs/parity.ts';
import { mediaConvertParity } from '../services/mediaconvert/parity.ts';
import { mediaLiveParity } from '../services/medialive/parity.ts';
import { mediaPackageParity } from '../services/mediapackage/parity.ts';
import { pricingParity } from '../services/pricing/parity.ts';
import { s3Parity } from '../services/s3/parity.ts';
import { schedulerParity } from '../services/scheduler/parity.ts';
import { secretsManagerParity } from '../services/secretsmanager/parity.ts';
import { serviceQuotasParity } from '../services/servicequotas/parity.ts';
import { snsParity } from '../services/sns/parity.ts';
import { sqsParity } from '../services/sqs/parity.ts';
import { ssmParity } from '../services/ssm/parity.ts';
import { statesParity } from '../services/states/parity.ts';
import { stsParity } from '../services/sts/parity.ts';
import { localOwner } from './identity.ts';
import { createServices } from './services.ts';

const notes: readonly ParityNote[] = [
  ...[apiGatewayParity, cloudFrontParity, cloudWatchParity, cognitoParity, dynamoDbParity, eventBridgeParity, iamParity, ivsParity, keyValueStoreParity],
  ...[lambdaParity, logsParity, mediaConvertParity, mediaLiveParity, mediaPackageParity, pricingParity, s3Parity, schedulerParity],
  ...[secretsManagerParity, serviceQuotasParity, snsParity, sqsParity, ssmParity, statesParity, stsParity],
].flat();

// Nothing is called: the services are only asked what they serve.
const nowhere: ClientSettings = { region: localOwner.region, endpoint: 'http://127.0.0.1:9', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };

const silentLog = { path: '', write: () => undefined, fault: () => undefined, close: async () => undefined };

const parityOf = (service: LocalService): ParityService => (service.kind === 'schema' ? parityOfSchemaService(service) : service);

const withServices = async <Result>(folder: string, use: (services: readonly LocalService[]) => Result): Promise<Result> => {
  const services = await createServices({
    data: { path: folder, state: memoryStateStore(), release: () => undefined },
    log: silentLog,
    timeScale: timeScale(1),
    ...{ ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe', ports: { rtmp: 0, packager: 0, ivsIngest: 0, ivsPlayback: 0 } },
    ...{ gatewayUrl: () => nowhere.endpoint, issuerUrl: () => nowhere.endpoint, operator: () => nowhere, codeFolder: () => '' },
  });
  try {
    return use(services.all);
  } finally {
    await services.metrics.close();
    await services.dynamodb.close();
  }
};

/** What the services, the resource providers and their notes tell of local mode. Makes the services, but opens no listener and calls nobody. */
export const collectParityFacts = async (): Promise<ParityFacts> => {
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-parity-'));
  try {
    const services = await withServices(folder, (all) => all.map(parityOf));
    return { services, resources: resourceProviders(nowhere, { issuerUrl: () => nowhere.endpoint, tagInIvs: () => undefined }), notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

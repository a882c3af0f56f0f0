import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCloudFront, type CloudFront } from '../edge/cloudfront.ts';
import type { LocalService } from '../gateway/service.ts';
import { systemClock, type TimeScale } from '../runtime/clock.ts';
import type { ClientSettings, RoleSessions } from '../runtime/ports.ts';
import { createApiGatewayService, type ApiGatewayService } from '../services/apigateway/service.ts';
import { createCloudWatchService, type CloudWatchService } from '../services/cloudwatch/cloudwatch-service.ts';
import { createCognitoService, type CognitoService } from '../services/cognito/cognito-service.ts';
import { createDynamoDbService, type DynamoDbService } from '../services/dynamodb/dynamodb-service.ts';
import { createEventBridgeService, type EventBridgeService } from '../services/eventbridge/eventbridge-service.ts';
import { createIdentityServices, type IdentityServices } from '../services/iam/iam-service.ts';
import { createLambdaService, type LambdaService } from '../services/lambda/service.ts';
import { createLogsService, type LogsService } from '../services/logs/logs-service.ts';
import { createPricingService } from '../services/pricing/pricing-service.ts';
import { createS3Service } from '../services/s3/s3-service.ts';
import { createSchedulerService, type SchedulerService } from '../services/scheduler/scheduler-service.ts';
import { createSecretsManagerService } from '../services/secretsmanager/secretsmanager-service.ts';
import { createServiceQuotasService } from '../services/servicequotas/servicequotas-service.ts';
import { createSnsService } from '../services/sns/sns-service.ts';
import { createSqsService, type SqsService } from '../services/sqs/sqs-service.ts';
import { createSsmService } from '../services/ssm/ssm-service.ts';
import { sdkFunctionInvoker } from '../services/states/sdk-function-invoker.ts';
import { createStatesService, type StatesService } from '../services/states/service.ts';
import type { DataFolder } from './data-folder.ts';
import { localOwner } from './identity.ts';
import type { LogFile } from './log-file.ts';
import { logSinks } from './log-sinks.ts';
import { createMediaServices, type MediaPorts, type MediaServices } from './media-services.ts';
import { targetInvoker } from './target-invoker.ts';

/** What the services of a platform are made from. */
export interface ServicesOptions {
  readonly data: DataFolder;
  readonly log: LogFile;
  readonly timeScale: TimeScale;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** Asked for once the listeners are open. */
  readonly gatewayUrl: () => string;
  readonly issuerUrl: () => string;
  readonly operator: () => ClientSettings;
  readonly codeFolder: (bucket: string, key: string) => string;
  readonly ports: MediaPorts;
  readonly idleFunctionThreads?: number;
}

/** Every service of a platform. */
export interface PlatformServices {
  readonly identity: IdentityServices;
  readonly dynamodb: DynamoDbService;
  readonly events: EventBridgeService;
  readonly scheduler: SchedulerService;
  readonly metrics: CloudWatchService;
  readonly logs: LogsService;
  readonly cognito: CognitoService;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  readonly apiGateway: ApiGatewayService;
  readonly cloudFront: CloudFront;
  readonly media: MediaServices;
  /** What the gateway serves. */
  readonly all: readonly LocalService[];
}

const lost = (log: LogFile, service: string) => (what: { readonly error: unknown }): void =>
  log.fault(service, `a target never took an event: ${what.error instanceof Error ? what.error.message : String(what.error)}`);

const messaging = (options: ServicesOptions, roles: RoleSessions, identity: IdentityServices, lambda: () => LambdaService) => {
  const { data: { state }, log, timeScale } = options;
  const clock = systemClock;
  const sqs: SqsService = createSqsService({ state, clock, baseUrl: options.gatewayUrl });
  const targets = { lambda, sqs: () => sqs, roles };
  const events = createEventBridgeService({
    ...{ state, clock, timeScale, ...localOwner },
    invokeTarget: targetInvoker({ ...targets, servicePrincipal: 'events.amazonaws.com' }),
    onLost: lost(log, 'events'),
  });
  const scheduler = createSchedulerService({
    ...{ state, clock, timeScale, roles, ...localOwner },
    invokeTarget: targetInvoker({ ...targets, servicePrincipal: 'scheduler.amazonaws.com' }),
    roleDenial: (roleArn, permission) => identity.access.denial({ kind: 'role', roleArn, sessionName: 'scheduler' }, permission),
    onLost: lost(log, 'scheduler'),
  });
  const sns = createSnsService({ state, clock, invokeTarget: targetInvoker({ ...targets, servicePrincipal: 'sns.amazonaws.com' }), onLost: lost(log, 'sns') });
  return { sqs, sns, events, scheduler };
};

/** Makes the services. They refer to each other only through their ports, or by calling the gateway as anyone does. */
export const createServices = async (options: ServicesOptions): Promise<PlatformServices> => {
  const { data, log, timeScale, codeFolder } = options;
  const { state, path } = data;
  const clock = systemClock;
  const base = { state, clock, timeScale, ...localOwner };
  const identity = createIdentityServices({ ...base, endpoint: options.gatewayUrl });
  const { roles } = identity;
  const metrics = createCloudWatchService(base);
  const logs = createLogsService({ state, now: () => clock.now() });
  const written = logSinks([log, logs]);
  const { sqs, sns, events, scheduler } = messaging(options, roles, identity, () => lambda);
  const deliverOutcome = targetInvoker({ lambda: () => lambda, sqs: () => sqs, roles, servicePrincipal: 'lambda.amazonaws.com' });
  const lambda: LambdaService = createLambdaService({
    ...{ ...base, roles, metrics, codeFolder, logs: written, newId: randomUUID },
    ...(options.idleFunctionThreads !== undefined && { idleLimits: { threads: options.idleFunctionThreads } }),
    deliverOutcome: ({ targetArn, roleArn, body }) => deliverOutcome(targetArn, body, { roleArn }),
  });
  const states = createStatesService({ state, clock, events, metrics, functions: sdkFunctionInvoker(roles) });
  const apiGateway = createApiGatewayService({
    ...{ ...base, metrics, logs: written, functions: lambda },
    onFailure: (failure) => log.fault('apigateway', failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)),
  });
  const dynamodb = await createDynamoDbService({ ...base, folder: join(path, 'dynamodb') });
  const cognito = createCognitoService({ ...base, issuerBaseUrl: options.issuerUrl });
  const cloudFront = createCloudFront({ ...base, metrics, clientSettings: options.operator, serviceSessions: identity.serviceSessions, onFault: (message) => log.fault('cloudfront', message) });
  const media = createMediaServices({ ...options, ...base, events, metrics, roles, serviceSessions: identity.serviceSessions });
  const all = [
    ...identity.services,
    ...cloudFront.services,
    ...media.services,
    apiGateway,
    dynamodb,
    events,
    scheduler,
    metrics,
    cognito,
    lambda,
    states,
    sqs,
    sns,
    logs,
    createPricingService({ clock }),
    createS3Service({ state, clock, events, folder: join(path, 's3') }),
    createSecretsManagerService({ state, clock }),
    createServiceQuotasService(),
    createSsmService({ state, clock }),
  ];
  return { identity, dynamodb, events, scheduler, metrics, logs, cognito, lambda, states, apiGateway, cloudFront, media, all };
};

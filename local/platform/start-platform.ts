import { createServer } from 'node:http';
import { join } from 'node:path';
import { operatorIdentity } from '../gateway/authentication/identities.ts';
import { createGateway, type Gateway } from '../gateway/gateway.ts';
import { closeServer, listenOn } from '../gateway/listener.ts';
import { systemClock, timeScale } from '../runtime/clock.ts';
import type { ClientSettings } from '../runtime/ports.ts';
import { openDataFolder } from './data-folder.ts';
import { deployStage, synthesiseStage } from './deploy-stage.ts';
import { localOwner } from './identity.ts';
import { openLogFile, type LogFile } from './log-file.ts';
import { fetchOperatorToken } from './operator-token.ts';
import type { Platform, PlatformOptions } from './platform.ts';
import { keptPorts } from './ports.ts';
import { publishAssets } from './publish-assets.ts';
import { createServices, type PlatformServices } from './services.ts';
import { undoStack } from './undo-stack.ts';

const apiStage = 'v1';

const portOf = (url: string): number => Number(new URL(url).port);

const openGateway = (services: PlatformServices, log: LogFile): Gateway =>
  createGateway({
    services: services.all,
    access: services.identity.access,
    clock: systemClock,
    logger: { error: (message, details) => log.fault('gateway', `${message} ${JSON.stringify(details)}`) },
    ...localOwner,
  });

/** What a platform is made of that has started. */
interface StartedPlatform extends Pick<Platform, 'apiUrl' | 'stage' | 'operator' | 'rtmpPort' | 'logFile' | 'close'> {
  readonly services: PlatformServices;
  readonly urls: { readonly gateway: string; readonly issuer: string };
}

const platformOf = ({ services: { cognito }, urls, ...started }: StartedPlatform): Platform => {
  const { userPoolId, operatorClientId, webClientId } = started.stage;
  return {
    ...started,
    gatewayUrl: urls.gateway,
    issuerUrl: urls.issuer,
    operatorToken: () => fetchOperatorToken(started.operator, urls.issuer, userPoolId, operatorClientId),
    signIn: (subject) => cognito.signIn({ poolId: userPoolId, clientId: webClientId, subject, username: subject }),
  };
};

/**
 * Starts the platform on 127.0.0.1: opens its data, its listeners and services, synthesises the stage and deploys it.
 * @throws Error that says what is in the way (a port in use, a full disk, templates that do not synthesise); nothing is left running then.
 */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { onProgress = () => undefined } = options;
  const undo = undoStack();
  try {
    const data = openDataFolder(options.dataFolder);
    undo.push(() => data.release());
    const log = openLogFile(join(data.path, 'platform.log'));
    undo.push(() => log.close());
    const ports = keptPorts(data.state, options.ports ?? {});
    const synthesis = synthesiseStage({ ...options, onProgress });
    synthesis.catch(() => undefined);
    const urls = { gateway: '', issuer: '' };
    const { accessKeyId, secretAccessKey } = operatorIdentity;
    const operator = (): ClientSettings => ({ region: localOwner.region, endpoint: urls.gateway, credentials: { accessKeyId, secretAccessKey } });
    const assets: { paths: ReadonlyMap<string, string> } = { paths: new Map() };
    const services = await createServices({
      ...{ data, log, timeScale: timeScale(options.timeScale), operator },
      ffmpegPath: options.ffmpegPath ?? 'ffmpeg',
      ffprobePath: options.ffprobePath ?? 'ffprobe',
      gatewayUrl: () => urls.gateway,
      issuerUrl: () => urls.issuer,
      ...(options.idleFunctionThreads !== undefined && { idleFunctionThreads: options.idleFunctionThreads }),
      codeFolder: (_bucket, key) => assets.paths.get(key) ?? '',
      ports: { rtmp: ports.wanted('rtmp'), packager: ports.wanted('packager'), ivsIngest: ports.wanted('ivsIngest'), ivsPlayback: ports.wanted('ivsPlayback') },
    });
    undo.push(() => services.dynamodb.close());
    undo.push(() => services.logs.close());
    const gateway = openGateway(services, log);
    urls.gateway = (await gateway.listen(ports.wanted('gateway'))).url;
    undo.push(() => gateway.close());
    undo.push(() => services.metrics.close());
    const issuer = createServer((request, response) => void services.cognito.issuerHandler(request, response));
    urls.issuer = (await listenOn(issuer, ports.wanted('issuer'))).url;
    undo.push(() => closeServer(issuer));
    undo.push(() => services.lambda.close());
    undo.push(() => services.events.close());
    undo.push(() => services.scheduler.close());
    undo.push(() => services.states.close());
    await services.cloudFront.open();
    undo.push(() => services.cloudFront.close());
    const mediaPorts = await services.media.start();
    const rtmpPort = mediaPorts.rtmp;
    undo.push(() => services.media.close());
    const api = await services.apiGateway.listen(ports.wanted('api'));
    undo.push(() => services.apiGateway.close());
    ports.keep({ gateway: portOf(urls.gateway), issuer: portOf(urls.issuer), api: portOf(api.url), ...mediaPorts });
    const assembly = await synthesis;
    assets.paths = publishAssets(assembly, join(data.path, 'assets'));
    const stage = await deployStage({ assembly, operator: operator(), issuerUrl: (id) => services.cognito.providerUrl(id), tagInIvs: services.media.tagInIvs, state: data.state, events: services.events, onProgress });
    services.lambda.resume();
    services.states.resume();
    return platformOf({ services, stage, operator: operator(), apiUrl: `${api.url}/${apiStage}`, urls, rtmpPort, logFile: log.path, close: () => undo.run() });
  } catch (error) {
    await undo.run();
    throw error;
  }
};

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultLocalPipelines, localCam, localCamPipelineId, localPipelineNames, readFirstPipelineId, readLocalCam, readLocalPipelines } from '../local/platform/local-pipelines.ts';
import { startPlatform } from '../local/platform/start-platform.ts';
import type { Platform } from '../local/platform/platform.ts';
import { startPlayerServer, type PlayerServer } from '../local/player/player-server.ts';
import { progressOn } from '../scripts/demo/progress.ts';
import { restClient } from '../scripts/demo/rest-client.ts';
import { describeShow, stopRunningShow } from '../scripts/start/show-on-air.ts';
import { localCamOf } from '../scripts/local-cam.ts';
import { startFirstShow } from '../scripts/start/start-first-show.ts';

const usage = `npm start -- [options]

Runs the platform on this machine until Ctrl-C, with a first show on air for your own encoder.

  --data DIR        keep everything in this folder, and go on from it the next time
  --pipeline ID     of the first show: pl_main (1080p ladder, default), pl_small (480p ladder), or one of
                    pl_standard, pl_rtp, pl_equal, pl_low-latency and pl_cam (a Cam pipeline), which are then
                    deployed as well
  --config FILE     deploy the pipelines of a stage's file instead, Pro and Cam, with encoders on this machine
  --no-show         do not book and start a show
  --time-scale N    divide AWS's delays by N (default 3600: an hour is a second)
  --api-port N, --gateway-port N, --rtmp-port N, --player-port N   ports instead of free ones`;

const projectFolder = join(import.meta.dirname, '..');
const producerSubject = 'local-producer';

const portOf = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--${name} must be a port from 1 to 65535, got "${text}"`);
  return port;
};

/** The pipelines to deploy, and the one of the first show. */
const pipelinesOf = (chosen: string | undefined, configFile: string | undefined) => {
  if (configFile !== undefined) {
    const pipelines = readLocalPipelines(configFile);
    const cam = readLocalCam(configFile);
    return { pipelines, pipelineId: chosen ?? readFirstPipelineId(configFile), ...(cam && { cam }) };
  }
  const further = localPipelineNames.filter((name) => name === chosen && !defaultLocalPipelines.includes(name));
  return { pipelines: [...defaultLocalPipelines, ...further], pipelineId: chosen ?? 'pl_main', ...(chosen === localCamPipelineId && { cam: localCam }) };
};

const readOptions = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: text,
      pipeline: text,
      config: text,
      'no-show': { type: 'boolean', default: false },
      'time-scale': { type: 'string', default: '3600' },
      'api-port': text,
      'gateway-port': text,
      'rtmp-port': text,
      'player-port': text,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [api, gateway, rtmp] = [portOf('api-port', values['api-port']), portOf('gateway-port', values['gateway-port']), portOf('rtmp-port', values['rtmp-port'])];
  const timeScale = Number(values['time-scale']);
  if (!(timeScale >= 1)) throw new Error(`--time-scale must be a number of at least 1, got "${values['time-scale']}"`);
  return {
    ...pipelinesOf(values.pipeline, values.config),
    ...{ help: values.help, withShow: !values['no-show'], timeScale, playerPort: portOf('player-port', values['player-port']) },
    ...(values.data !== undefined && { dataFolder: values.data }),
    ports: { ...(api !== undefined && { api }), ...(gateway !== undefined && { gateway }), ...(rtmp !== undefined && { rtmp }) },
  };
};

/** Resolves when somebody wants it to stop; a second time, the process ends at once. */
const stopRequested = (): Promise<void> =>
  new Promise((resolve) => {
    let isRepeated = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isRepeated) process.exit(1);
        isRepeated = true;
        resolve();
      });
    }
  });

const main = async (): Promise<void> => {
  const { help, withShow, pipelineId, playerPort, cam: declaredCam, ...options } = readOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const progress = progressOn(process.stderr);
  const stopped = stopRequested();
  let platform: Platform | undefined;
  let player: PlayerServer | undefined;
  try {
    const cam = declaredCam && localCamOf(declaredCam, projectFolder);
    platform = await startPlatform({ ...options, ...(cam && { cam: cam.cam }), projectFolder, onProgress: progress.step });
    await cam?.keepKey(platform.operator);
    player = await startPlayerServer(playerPort);
    const operator = restClient(platform.apiUrl, await platform.operatorToken());
    const token = await platform.signIn(producerSubject);
    const producer = restClient(platform.apiUrl, token);
    const show = withShow ? await startFirstShow({ operator, producer, producerSubject, pipelineId, progress }) : undefined;
    process.stdout.write(`${describeShow({ platform, player, token, show, subject: producerSubject })}\n`);
    await stopped;
    progress.step('stopping (Ctrl-C again ends at once, and loses what is on its way)');
    if (show) await stopRunningShow(producer, show.breakoutId, progress);
  } finally {
    await player?.close();
    await platform?.close();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

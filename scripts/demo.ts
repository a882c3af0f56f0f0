import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCam, localCamPipelineId } from '../local/platform/local-pipelines.ts';
import { startPlatform } from '../local/platform/start-platform.ts';
import type { Platform } from '../local/platform/platform.ts';
import type { LogEntryBody } from '../lambda/contract/api/log.ts';
import { readRateProvenance } from '../local/services/pricing/rate-provenance.ts';
import { readArguments, usage, type DemoOptions } from './demo/arguments.ts';
import { camRows, type CamIndependent, compareCam, countCamShow } from './demo/cam/compare-cam.ts';
import { compare, countIndependently, type Independent } from './demo/compare.ts';
import { watchChannel } from './demo/channel-watch.ts';
import type { Check } from './demo/checks.ts';
import { checkFailover, logTable } from './demo/failover.ts';
import { progressOn, type Progress } from './demo/progress.ts';
import { readResults, type Results } from './demo/read-results.ts';
import { restClient } from './demo/rest-client.ts';
import { runShow, type ShownShow, type ShowOptions } from './demo/run-show.ts';
import { categoryRows, type CategoryRow, checkTable, countedOf, lineTable, usageTable } from './demo/table.ts';
import { type Witness, witnessWith } from './demo/witness.ts';
import { localCamOf } from './local-cam.ts';

const projectFolder = join(import.meta.dirname, '..');
const producerSubject = 'demo-producer';
/** As shells tell of a program that Ctrl-C ended. */
const interruptedStatus = 130;
const fullPicture = { height: 1080 };
/** What the encoder sends: a BASIC channel of IVS takes 3.5 Mbit/s at most. */
const pictures: Readonly<Record<string, ShowOptions['picture']>> = { pl_main: fullPicture, pl_small: { height: 480 }, [localCamPipelineId]: { height: 720, kilobitsPerSecond: 2500 } };

interface Outcome {
  readonly show: ShownShow;
  readonly results: Results;
  readonly independent: Independent | CamIndependent;
  /** What was used, beside what was counted. */
  readonly rows: readonly CategoryRow[];
  /** What happened in the show, where the demo is about that. */
  readonly log: readonly LogEntryBody[];
  readonly checks: readonly Check[];
  readonly timings: Readonly<Record<string, number>>;
}

/** What was counted without the platform, beside what it says. */
const counted = async (witness: Witness, platform: Platform, folder: string, { show, results }: Pick<Outcome, 'show' | 'results'>, isCam: boolean): Promise<Pick<Outcome, 'independent' | 'rows' | 'checks'>> => {
  const { archiveBucket: archive, recordingsBucket: recordings } = platform.stage;
  if (isCam) {
    const independent = await countCamShow(witness, recordings, folder, show);
    return { independent, rows: camRows(independent), checks: compareCam(results, independent) };
  }
  const independent = await countIndependently(witness, { archive, recordings }, folder, show);
  return { independent, rows: categoryRows(countedOf(independent)), checks: compare(results, independent) };
};

const runDemo = async (platform: Platform, options: DemoOptions, folder: string, progress: Progress, signal: AbortSignal, readySeconds: number): Promise<Outcome> => {
  const operator = restClient(platform.apiUrl, await platform.operatorToken());
  const producer = restClient(platform.apiUrl, await platform.signIn(producerSubject));
  const { seconds, source, pipelineId, withFailover } = options;
  const watchedFile = join(folder, 'watched.ts');
  const isCam = pipelineId === localCamPipelineId;
  const picture = pictures[pipelineId] ?? fullPicture;
  const channel = isCam ? undefined : await watchChannel(platform.operator, pipelineId);
  const show = await runShow({ operator, producer, channel, producerSubject, pipelineId, seconds, source, picture, withFailover, watchedFile, progress, signal });
  const results = await readResults({ producer, progress, signal, timeoutSeconds: 600 + seconds * 3, hasAccessLogs: !isCam }, show);
  const { independent, rows, checks } = await counted(witnessWith(platform.operator), platform, folder, { show, results }, isCam);
  const timings = {
    platformReadySeconds: readySeconds,
    pushToFirstSegmentSeconds: show.pushToFirstSegmentSeconds,
    idleToProvisionalSeconds: show.idleToProvisionalSeconds,
    idleToFinalSeconds: results.finalSeconds,
  };
  const failover = withFailover ? await checkFailover(producer, show.breakout.breakoutId, watchedFile) : { log: [], checks: [] };
  return { show, results, independent, rows, log: failover.log, checks: [...checks, ...failover.checks], timings };
};

const print = ({ results, rows, log, checks, timings }: Outcome): void => {
  const provenance = readRateProvenance();
  const isIllustrative = (sku: string): boolean => provenance(sku)?.isIllustrative === true;
  const illustrative = results.lines.some(({ rate }) => rate !== undefined && isIllustrative(rate.sku));
  const parts = [
    'What the show used and cost',
    usageTable(results, rows),
    'How each charge was made',
    lineTable(results.lines, isIllustrative),
    ...(illustrative ? ['* illustrative: no public source for this rate was at hand. On AWS, rates come from the Price List.'] : []),
    ...(log.length > 0 ? ['What happened in the show', logTable(log)] : []),
    'Compared with what was counted without the platform',
    checkTable(checks),
    Object.entries(timings).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join('   '),
  ];
  process.stdout.write(`\n${parts.join('\n\n')}\n\n`);
};

const writeReport = (file: string, { show, results, independent, log, checks, timings }: Outcome): void => {
  const { usage: levels, lines } = results;
  const report = { breakoutId: show.breakout.breakoutId, usage: levels, lines, independent, log, checks, timings };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
};

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2));
  if (!options) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const aborted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => aborted.abort(new Error('stopped: everything is being cleaned up')));
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-demo-'));
  const progress = progressOn(process.stderr);
  let platform: Platform | undefined;
  let isStopped = false;
  try {
    const began = performance.now();
    const cam = options.pipelineId === localCamPipelineId ? localCamOf(localCam, projectFolder) : undefined;
    platform = await startPlatform({ projectFolder, timeScale: options.timeScale, ...(cam && { cam: cam.cam }), onProgress: progress.step, signal: aborted.signal });
    await cam?.keepKey(platform.operator);
    const readySeconds = (performance.now() - began) / 1000;
    progress.step(`the platform is ready on ${platform.apiUrl}`);
    const outcome = await runDemo(platform, options, folder, progress, aborted.signal, readySeconds);
    print(outcome);
    if (options.report !== undefined) writeReport(options.report, outcome);
    return outcome.checks.every(({ ok }) => ok) ? 0 : 1;
  } catch (error) {
    if (!aborted.signal.aborted) throw error;
    isStopped = true;
    return interruptedStatus;
  } finally {
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
    if (isStopped) progress.step('stopped before its end: nothing is left running or behind');
  }
};

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

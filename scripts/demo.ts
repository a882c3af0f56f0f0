import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform } from '../local/platform/start-platform.ts';
import type { Platform } from '../local/platform/platform.ts';
import type { LogEntryBody } from '../lambda/contract/api/log.ts';
import { readRateProvenance } from '../local/services/pricing/rate-provenance.ts';
import { readArguments, usage, type DemoOptions } from './demo/arguments.ts';
import { compare, countIndependently, type Independent } from './demo/compare.ts';
import { watchChannel } from './demo/channel-watch.ts';
import type { Check } from './demo/checks.ts';
import { checkFailover, logTable } from './demo/failover.ts';
import { progressOn, type Progress } from './demo/progress.ts';
import { readResults, type Results } from './demo/read-results.ts';
import { restClient } from './demo/rest-client.ts';
import { runShow, type ShownShow } from './demo/run-show.ts';
import { checkTable, lineTable, usageTable } from './demo/table.ts';
import { witnessWith } from './demo/witness.ts';

const projectFolder = join(import.meta.dirname, '..');
const producerSubject = 'demo-producer';
/** As shells tell of a program that Ctrl-C ended. */
const interruptedStatus = 130;
const heights: Readonly<Record<string, number>> = { pl_main: 1080, pl_small: 480 };

interface Outcome {
  readonly show: ShownShow;
  readonly results: Results;
  readonly independent: Independent;
  /** What happened in the show, where the demo is about that. */
  readonly log: readonly LogEntryBody[];
  readonly checks: readonly Check[];
  readonly timings: Readonly<Record<string, number>>;
}

const runDemo = async (platform: Platform, options: DemoOptions, folder: string, progress: Progress, signal: AbortSignal, readySeconds: number): Promise<Outcome> => {
  const operator = restClient(platform.apiUrl, await platform.operatorToken());
  const producer = restClient(platform.apiUrl, await platform.signIn(producerSubject));
  const { seconds, source, pipelineId, withFailover } = options;
  const watchedFile = join(folder, 'watched.ts');
  const height = heights[pipelineId] ?? 1080;
  const channel = await watchChannel(platform.operator, pipelineId);
  const show = await runShow({ operator, producer, channel, producerSubject, pipelineId, seconds, source, height, withFailover, watchedFile, progress, signal });
  const results = await readResults({ producer, progress, signal, timeoutSeconds: 600 + seconds * 3 }, show);
  const buckets = { archive: platform.stage.archiveBucket, recordings: platform.stage.recordingsBucket };
  const independent = await countIndependently(witnessWith(platform.operator), buckets, folder, show);
  const timings = {
    platformReadySeconds: readySeconds,
    pushToFirstSegmentSeconds: show.pushToFirstSegmentSeconds,
    idleToProvisionalSeconds: show.idleToProvisionalSeconds,
    idleToFinalSeconds: results.finalSeconds,
  };
  const failover = withFailover ? await checkFailover(producer, show.breakout.breakoutId, watchedFile) : { log: [], checks: [] };
  return { show, results, independent, log: failover.log, checks: [...compare(results, independent), ...failover.checks], timings };
};

const print = ({ results, independent, log, checks, timings }: Outcome): void => {
  const provenance = readRateProvenance();
  const isIllustrative = (sku: string): boolean => provenance(sku)?.isIllustrative === true;
  const illustrative = results.lines.some(({ rate }) => rate !== undefined && isIllustrative(rate.sku));
  const parts = [
    'What the show used and cost',
    usageTable(results, independent),
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
    platform = await startPlatform({ projectFolder, timeScale: options.timeScale, onProgress: progress.step, signal: aborted.signal });
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

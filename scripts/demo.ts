import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCam } from '../local/platform/local-pipelines.ts';
import type { Platform } from '../local/platform/platform.ts';
import { startPlatform } from '../local/platform/start-platform.ts';
import { readArguments, usage } from './demo/arguments.ts';
import { describeOutcome } from './demo/describe-outcome.ts';
import { progressOn } from './demo/progress.ts';
import { writeReport } from './demo/report.ts';
import { runDemo } from './demo/run-demo.ts';
import { localCamOf } from './local-cam.ts';

const projectFolder = join(import.meta.dirname, '..');
/** As shells tell of a program that Ctrl-C ended. */
const interruptedStatus = 130;

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
    const cam = options.pipeline.kind === 'CAM' ? localCamOf(localCam, projectFolder) : undefined;
    // A stage of what the show needs: of its Cam pipeline alone, or local mode's own.
    platform = await startPlatform({ projectFolder, timeScale: options.timeScale, ...(cam && { cam: cam.cam, pipelines: [] }), onProgress: progress.step, signal: aborted.signal });
    await cam?.keepKey(platform.operator);
    const readySeconds = (performance.now() - began) / 1000;
    progress.step(`the platform is ready on ${platform.apiUrl}`);
    const report = await runDemo({ platform, readySeconds, folder, progress, signal: aborted.signal }, options);
    process.stdout.write(describeOutcome(report));
    if (options.report !== undefined) {
      writeReport(options.report, report);
      progress.step(`the figures are in ${options.report}`);
    }
    return report.checks.every(({ ok }) => ok) ? 0 : 1;
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

import { join } from 'node:path';
import type { Platform } from '../../local/platform/platform.ts';
import type { DemoOptions } from './arguments.ts';
import { compareCam, expectedCost } from './cam/compare-cam.ts';
import { watchChannel } from './channel-watch.ts';
import type { Check } from './checks.ts';
import { comparePro } from './compare.ts';
import { countShow } from './count-show.ts';
import { checkFailover } from './failover.ts';
import { type Independent, notApplicable } from './independent.ts';
import { type PriceList, priceListWith } from './price-list.ts';
import type { Progress } from './progress.ts';
import { readResults, type Results } from './read-results.ts';
import type { DemoReport } from './report.ts';
import { restClient } from './rest-client.ts';
import { runShow } from './run-show.ts';
import { witnessWith } from './witness.ts';

/** Where a demo runs. */
export interface DemoStage {
  readonly platform: Platform;
  /** How long the platform took to start. */
  readonly readySeconds: number;
  /** For what is watched and downloaded. */
  readonly folder: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const producerSubject = 'demo-producer';

const compared = async (list: PriceList, region: string, results: Results, independent: Independent): Promise<readonly Check[]> =>
  independent.kind === 'PRO' ? comparePro(results, independent) : compareCam(results, independent, await expectedCost(list, region, independent));

/** Runs a show, and compares what the platform says of it with what was counted. @throws Error when the show fails or a step takes too long */
export const runDemo = async ({ platform, readySeconds, folder, progress, signal }: DemoStage, options: DemoOptions): Promise<DemoReport> => {
  const operator = restClient(platform.apiUrl, await platform.operatorToken());
  const producer = restClient(platform.apiUrl, await platform.signIn(producerSubject));
  const { pipeline: { kind, pipelineId }, withFailover } = options;
  const watchedFile = join(folder, 'watched.ts');
  const channel = kind === 'PRO' ? await watchChannel(platform.operator, pipelineId) : undefined;
  const show = await runShow({ ...options, operator, producer, producerSubject, channel, watchedFile, progress, signal });
  const results = await readResults({ ...options, producer, progress, signal }, show);
  const priceList = priceListWith(platform.operator);
  const { archiveBucket: archive, recordingsBucket: recordings } = platform.stage;
  const independent = await countShow({ witness: witnessWith(platform.operator), priceList, buckets: { archive, recordings }, folder }, kind, show, results);
  const checks = await compared(priceList, platform.operator.region, results, independent);
  const { breakoutId } = show.breakout;
  const failover = withFailover ? await checkFailover(producer, breakoutId, watchedFile) : { log: [], checks: [] };
  return {
    ...{ breakoutId, pipelineId, kind, independent, usage: results.usage, lines: [...results.lines], audience: results.audience ?? null },
    log: [...failover.log],
    checks: [...checks, ...failover.checks],
    timings: {
      platformReadySeconds: readySeconds,
      pushToFirstSegmentSeconds: show.pushToFirstSegmentSeconds,
      latencySeconds: show.latencySeconds,
      idleToProvisionalSeconds: show.idleToProvisionalSeconds,
      idleToFinalSeconds: results.finalSeconds ?? notApplicable,
    },
  };
};

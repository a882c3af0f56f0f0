import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { progressOn } from '../scripts/demo/progress.ts';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { accessLogs } from './benchmarks/access-logs.ts';
import { accountReads } from './benchmarks/account-reads.ts';
import { apiReads } from './benchmarks/api-reads.ts';
import { failover } from './benchmarks/failover.ts';
import { finalisation } from './benchmarks/finalisation.ts';
import { firstSegment } from './benchmarks/first-segment.ts';
import { functionBundles } from './benchmarks/functions.ts';
import { houseLadder } from './benchmarks/house-ladder.ts';
import { latency } from './benchmarks/latency.ts';
import { memory } from './benchmarks/memory.ts';
import { meteringCalls } from './benchmarks/metering-calls.ts';
import { platformReady } from './benchmarks/platform-ready.ts';
import { provisionalUsage } from './benchmarks/provisional-usage.ts';
import { rating } from './benchmarks/rating.ts';
import { smallLadder } from './benchmarks/small-ladder.ts';
import { synthesis } from './benchmarks/synthesis.ts';
import { startPlatformProcess, type PlatformProcess } from './platform/platform-process.ts';
import { describeMachine, figureTable, type BenchResult } from './report.ts';
import { smallShow } from './show/small-show.ts';

const projectFolder = join(import.meta.dirname, '..');

/** In the order in which they run: those that share the small show follow its course. */
const benchmarks: readonly Benchmark[] = [platformReady, synthesis, functionBundles, firstSegment, smallLadder, apiReads, provisionalUsage, memory, houseLadder, failover, latency, accessLogs, meteringCalls, rating, finalisation, accountReads];

const usage = `npm run bench -- [names] [--report FILE]

Measures and prints; asserts nothing. All benchmarks by default, or those that are named:
${benchmarks.map(({ name, title }) => `  ${name.padEnd(20)}${title}`).join('\n')}

  --report FILE       write the figures as JSON too`;

const chosen = (names: readonly string[]): readonly Benchmark[] => {
  const unknown = names.find((name) => !benchmarks.some((each) => each.name === name));
  if (unknown !== undefined) throw new Error(`there is no benchmark "${unknown}": known are ${benchmarks.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
};

const measure = async (benchmark: Benchmark, context: BenchContext): Promise<BenchResult> => {
  try {
    return { benchmark, figures: await benchmark.run(context) };
  } catch (error) {
    context.signal.throwIfAborted();
    return { benchmark, figures: [], failure: error instanceof Error ? error.message : String(error) };
  }
};

const measureAll = async (selected: readonly Benchmark[], signal: AbortSignal): Promise<readonly BenchResult[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-bench-'));
  const platforms: PlatformProcess[] = [];
  const startPlatform: BenchContext['startPlatform'] = async (options = {}) => {
    const platform = await startPlatformProcess({ projectFolder, ...options });
    platforms.push(platform);
    return platform;
  };
  const { step: say } = progressOn(process.stderr);
  const context = { ...{ projectFolder, folder, signal, say, startPlatform }, smallShow: smallShow(startPlatform, signal, say) };
  try {
    const results: BenchResult[] = [];
    for (const benchmark of selected) results.push(await measure(benchmark, context));
    return results;
  } finally {
    await context.smallShow.end();
    await Promise.all(platforms.map((each) => each.close()));
    rmSync(folder, { recursive: true, force: true });
  }
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const selected = chosen(positionals);
  const aborted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => aborted.abort(new Error('stopped: everything is being cleaned up')));
  const machine = describeMachine();
  const results = await measureAll(selected, aborted.signal);
  process.stdout.write(`\n${figureTable(results)}\n\n${machine.processors} × ${machine.processor}, ${machine.memoryGigabytes} GB, Node ${machine.node}; load average before: ${machine.loadAverage.toFixed(2)}\n`);
  if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify({ machine, results }, null, 2)}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

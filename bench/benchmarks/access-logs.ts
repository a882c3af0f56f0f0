import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { generateLog } from '../access-logs/generated-log.ts';
import { goaccessSeconds } from '../access-logs/goaccess.ts';
import { atLeast, atMost, figure, type BenchContext, type Benchmark, type Figure } from '../benchmark.ts';
import { median } from '../statistics.ts';

const run = promisify(execFile);

const lines = 1_000_000;
const viewers = 50_000;
const rounds = 3;

const countedSchema = z.object({ requests: z.int(), bytes: z.string(), viewers: z.int(), wallSeconds: z.number(), processorSeconds: z.number(), residentBytes: z.number() });
type Counted = z.infer<typeof countedSchema>;

const countFile = async (file: string, signal: AbortSignal): Promise<Counted> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, '../access-logs/count-log-file.ts'), file], { signal });
  return countedSchema.parse(JSON.parse(stdout));
};

const measuredOf = (counted: readonly Counted[], read: (one: Counted) => number): number => median(counted.map(read));

const comparison = async ({ say, signal }: BenchContext, file: string, wallSeconds: number): Promise<readonly Figure[]> => {
  say('goaccess on the same file');
  const seconds = await goaccessSeconds(file, signal);
  if (seconds === undefined) {
    say('skipped: goaccess is not installed');
    return [{ name: 'times goaccess: skipped, goaccess is not installed', value: Number.NaN, unit: '×', goal: '≥ 4 ×' }];
  }
  return [figure('goaccess, the same file', lines / seconds, 'lines/s'), atLeast(4, 'times goaccess', seconds / wallSeconds, '×')];
};

/** One pass over a log of a million lines, everything that is kept of it computed, and goaccess on the same file. */
export const accessLogs: Benchmark = {
  name: 'access-logs',
  title: 'An access log of a million lines',
  run: async (context) => {
    const { folder, signal, say } = context;
    say('generating a million lines');
    const log = await generateLog(join(folder, 'access.gz'), lines, viewers);
    const counted: Counted[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`counting, ${round} of ${rounds}`);
      counted.push(await countFile(log.file, signal));
    }
    const wrong = counted.find((one) => one.requests !== lines || BigInt(one.bytes) !== log.bytes);
    if (wrong) throw new Error(`counted ${wrong.requests} requests and ${wrong.bytes} bytes, the file has ${lines} and ${log.bytes.toString()}`);
    const wallSeconds = measuredOf(counted, (one) => one.wallSeconds);
    return [
      atLeast(300_000, 'lines a second of a core', lines / measuredOf(counted, (one) => one.processorSeconds), 'lines/s'),
      figure('lines a second', lines / wallSeconds, 'lines/s'),
      atMost(200, 'memory', measuredOf(counted, (one) => one.residentBytes) / 1e6, 'MB'),
      figure('unique viewers, off by', (100 * Math.abs(measuredOf(counted, (one) => one.viewers) - log.viewers)) / log.viewers, '%'),
      ...(await comparison(context, log.file, wallSeconds)),
    ];
  },
};

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoPipeline, type DemoPipeline } from './demo-pipelines.ts';
import { leastFailoverSeconds } from './failover.ts';

/** How the demo is run. */
export interface DemoOptions {
  readonly pipeline: DemoPipeline;
  readonly seconds: number;
  /** A media file to push instead of the test card. */
  readonly source: string | undefined;
  /** Where the report is written as JSON. */
  readonly report: string | undefined;
  /** Whether the primary input is lost in mid-show. */
  readonly withFailover: boolean;
  /** Whether the figures that are there soon after the stop are compared, and not the final ones. */
  readonly isProvisional: boolean;
  readonly timeScale: number;
}

/** What an encoder can be given before the end that the show is booked for. */
const mostSeconds = 3000;

/** Printed for --help. */
export const usage = `npm run demo -- [options]

Runs a whole show on this machine with real video: pushes a stream, watches it, stops it, and prints what it used and cost
beside what was counted without the platform. The exit status is 1 when the two differ.

  --pipeline NAME   what the show streams through (default pl_main):
                      pl_main   Pro: MediaLive with a 1080p ladder, MediaPackage, CloudFront
                      pl_small  the same with a 480p ladder, for slow machines
                      cam       Cam: one camera, straight into Amazon IVS (pl_cam is the same)
  --seconds N       how long the show runs (default 60): 20 to ${mostSeconds}; from 10 on a Cam pipeline, from ${leastFailoverSeconds} with --failover
  --failover        cut the line of the primary input in mid-show, and mend it (then the show runs 90 s); Pro alone
  --provisional     compare the figures that are there seconds after the stop, and do not wait minutes for the final
                    ones; Cam alone, since what a Pro show delivered is known when its logs have come
  --source FILE     push this media file, looped, instead of the test card
  --report FILE     write the figures as JSON too (docs/demo-report.md)
  --time-scale N    divide AWS's delays by N (default 3600: an hour is a second)`;

const valued = ['pipeline', 'seconds', 'source', 'report', 'time-scale'] as const;
const helpHint = 'npm run demo -- --help tells the options';

/** A number below 0 is a value, which we refuse ourselves: it looks like an option. */
const joined = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    const isOfOption = (option: string | undefined): boolean => valued.some((name) => option === `--${name}`);
    const next = args[index + 1] ?? '';
    if (isOfOption(arg) && /^-\d/.test(next)) return [`${arg}=${next}`];
    return /^-\d/.test(arg) && isOfOption(args[index - 1]) ? [] : [arg];
  });

const parsed = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { pipeline: { ...text, default: 'pl_main' }, seconds: text, failover: flag, provisional: flag, source: text, report: text, 'time-scale': { ...text, default: '3600' }, help: { ...flag, short: 'h' } } as const;
  try {
    return parseArgs({ args: joined(args), options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}: ${helpHint}`, { cause: error });
  }
};

const wholeNumber = (name: string, text: string, least: number, most = Infinity): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a whole number of ${most === Infinity ? `at least ${least}` : `${least} to ${most}`}, got "${text}"`);
};

const checkSource = (source: string): void => {
  if (!existsSync(source)) throw new Error(`--source: there is no file ${source}`);
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', source], { encoding: 'utf8' });
  if (!stdout.startsWith('video')) throw new Error(`--source: ffprobe finds no video in ${source}: give a file that ffmpeg can play`);
};

/** A report that cannot be written is better told before the show than after it. */
const checkReport = (report: string): void => {
  const folder = dirname(resolve(report));
  if (existsSync(report) && statSync(report).isDirectory()) throw new Error(`--report must be a file, and ${report} is a folder`);
  try {
    accessSync(existsSync(report) ? report : folder, constants.W_OK);
  } catch (error) {
    throw new Error(`--report: ${report} cannot be written: ${existsSync(folder) ? 'it is not allowed' : `there is no folder ${folder}`}`, { cause: error });
  }
};

/**
 * Reads the demo's arguments; undefined when help is asked for.
 * @throws Error that says what is wrong with which argument.
 */
export const readArguments = (args: readonly string[]): DemoOptions | undefined => {
  const values = parsed(args);
  if (values.help) return undefined;
  const pipeline = demoPipeline(values.pipeline);
  if (values.failover && pipeline.kind === 'CAM') throw new Error('--failover needs a pipeline of two inputs, and a Cam pipeline has one: leave one of both options out');
  if (values.provisional && pipeline.kind === 'PRO') throw new Error(`--provisional needs a Cam pipeline (--pipeline cam): what a Pro show delivered is known when its logs have come`);
  const seconds = wholeNumber('seconds', values.seconds ?? (values.failover ? '90' : '60'), values.failover ? leastFailoverSeconds : pipeline.leastSeconds, mostSeconds);
  const timeScale = wholeNumber('time-scale', values['time-scale'], 1);
  if (values.source !== undefined) checkSource(values.source);
  if (values.report !== undefined) checkReport(values.report);
  return { pipeline, seconds, withFailover: values.failover, isProvisional: values.provisional, source: values.source, report: values.report, timeScale };
};

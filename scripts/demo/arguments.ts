import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localCamPipelineId } from '../../local/platform/local-pipelines.ts';
import { leastFailoverSeconds } from './failover.ts';

/** How the demo is run. */
export interface DemoOptions {
  readonly seconds: number;
  /** A media file to push instead of the test card. */
  readonly source: string | undefined;
  /** Where the report is written as JSON. */
  readonly report: string | undefined;
  readonly pipelineId: string;
  /** Whether the primary input is lost in mid-show. */
  readonly withFailover: boolean;
  readonly timeScale: number;
}

/** Printed for --help. */
export const usage = `npm run demo -- [options]

Runs a whole show on this machine with real video: pushes a stream, watches it, stops it, and prints what it used and cost.

  --seconds N       how long the show runs, at least 20 (default 60; at least 80 with --failover)
  --failover        cut the line of the primary input in mid-show, and mend it (then the show runs 90 s)
  --source FILE     push this media file, looped, instead of the test card
  --report FILE     write the figures as JSON too
  --pipeline ID     pl_main (1080p ladder, default), pl_small (480p ladder, for slow machines), or pl_cam or cam:
                    a Cam pipeline, straight into IVS
  --time-scale N    divide AWS's delays by N (default 3600: an hour is a second)`;

const wholeNumber = (name: string, text: string, minimum: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < minimum) throw new Error(`--${name} must be a whole number of at least ${minimum}, got "${text}"`);
  return value;
};

/**
 * Reads the demo's arguments; undefined when help is asked for.
 * @throws Error that says what is wrong with which argument.
 */
export const readArguments = (args: readonly string[]): DemoOptions | undefined => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string' },
      failover: { type: 'boolean', default: false },
      source: { type: 'string' },
      report: { type: 'string' },
      pipeline: { type: 'string', default: 'pl_main' },
      'time-scale': { type: 'string', default: '3600' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.source !== undefined && !existsSync(values.source)) throw new Error(`--source: there is no file ${values.source}`);
  const pipelineId = values.pipeline === 'cam' ? localCamPipelineId : values.pipeline;
  if (values.failover && pipelineId === localCamPipelineId) throw new Error('--failover needs a pipeline of two inputs: a Cam pipeline has one');
  return {
    seconds: wholeNumber('seconds', values.seconds ?? (values.failover ? '90' : '60'), values.failover ? leastFailoverSeconds : 20),
    withFailover: values.failover,
    source: values.source,
    report: values.report,
    pipelineId,
    timeScale: wholeNumber('time-scale', values['time-scale'], 1),
  };
};

import { setTimeout as sleep } from 'node:timers/promises';
import { logPageSchema, type LogEntryBody } from '../../lambda/contract/api/log.ts';
import { exactly, type Check } from './checks.ts';
import { readContinuity } from './continuity.ts';
import type { Encoder } from './encoder.ts';
import type { Progress } from './progress.ts';
import type { RestClient } from './rest-client.ts';

/** Seconds after the encoder's start at which the primary line is cut and mended. The show must outlast the way back. */
const cutAt = 20;
const mendedAt = 30;

/** How long a show has to be for the primary input to be taken back within it: it must be well for 30 s. */
export const leastFailoverSeconds = 80;

const framesPerSecond = 30;
const longestGapMilliseconds = 50;

/** Cuts the line of the primary input in mid-show and mends it; ends early, without an error, when the signal aborts. */
export const rehearseFailover = async ({ uplinks: [primary] }: Encoder, progress: Progress, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(cutAt * 1000, undefined, { signal });
    primary?.cut();
    progress.step('cut the line of the primary input: the show goes on from the backup');
    await sleep((mendedAt - cutAt) * 1000, undefined, { signal });
    primary?.restore();
    progress.step('mended it: the primary input is taken back when it has been well for 30 s');
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const wasSaid = (log: readonly LogEntryBody[], name: string, input: string): string =>
  log.some((entry) => entry.type === 'INPUT' && entry.name === name && entry.input === input) ? 'in the log' : 'not in the log';

const itemsOf = async (client: RestClient, breakoutId: string): Promise<readonly LogEntryBody[]> =>
  logPageSchema.parse(await client.get(`/breakouts/${breakoutId}/log?limit=100`)).items;

/** What the show's log says of its inputs, a line each. */
export const logTable = (log: readonly LogEntryBody[]): string =>
  log.map(({ at, type, name, message }) => `${at}  ${`${type} ${name}`.padEnd(24)} ${message}`).join('\n');

/** Reads the show's log, and looks at what the viewer has kept, with ffprobe. */
export const checkFailover = async (client: RestClient, breakoutId: string, watchedFile: string): Promise<{ readonly log: readonly LogEntryBody[]; readonly checks: readonly Check[] }> => {
  const log = await itemsOf(client, breakoutId);
  const { missingFrames, longestAudioGapMilliseconds } = readContinuity(watchedFile, framesPerSecond);
  const checks = [
    exactly('failover: the loss of the primary input', 'in the log', wasSaid(log, 'LOST', 'primary')),
    exactly('failover: to the backup', 'in the log', wasSaid(log, 'FAILED_OVER', 'backup')),
    exactly('failover: back to the primary', 'in the log', wasSaid(log, 'FAILED_OVER', 'primary')),
    exactly('failover: frames that the viewer missed, by ffprobe', 0, missingFrames),
    {
      name: `failover: the longest gap in the viewer's sound, by ffprobe (at most ${longestGapMilliseconds} ms)`,
      expected: '0',
      measured: longestAudioGapMilliseconds.toFixed(1),
      ok: longestAudioGapMilliseconds <= longestGapMilliseconds,
    },
  ];
  return { log, checks };
};

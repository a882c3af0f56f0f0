import { z } from 'zod';
import { breakoutAudienceSchema } from '../../lambda/contract/api/audience.ts';
import { recordingPageSchema, type RecordingBody } from '../../lambda/contract/api/recordings.ts';
import { accountUsageSchema, breakoutUsageSchema, eventUsageSchema, usageLinesSchema, usageSchema } from '../../lambda/contract/api/usage.ts';
import type { DemoOptions } from './arguments.ts';
import type { RestClient } from './rest-client.ts';
import type { Progress } from './progress.ts';
import type { ShownShow } from './run-show.ts';
import { showWords } from './show-words.ts';
import { waitUntil } from './wait-until.ts';

/** Usage of any level. */
export type Usage = z.infer<typeof usageSchema>;
/** A line of a breakout's usage. */
export type UsageLine = z.infer<typeof usageLinesSchema>['items'][number];

/** What the platform says of a show once everything is settled. */
export interface Results {
  readonly usage: { readonly breakout: z.infer<typeof breakoutUsageSchema>; readonly event: z.infer<typeof eventUsageSchema>; readonly account: z.infer<typeof accountUsageSchema> };
  readonly lines: readonly UsageLine[];
  /** Who watched: as the access logs tell; of a Cam show, as IVS counted while it was on. */
  readonly audience?: z.infer<typeof breakoutAudienceSchema>;
  readonly recording: RecordingBody;
  /** From the stop to final usage; absent where that was not waited for. */
  readonly finalSeconds?: number;
}

interface ReadOptions extends Pick<DemoOptions, 'pipeline' | 'seconds' | 'isProvisional' | 'timeScale'> {
  readonly producer: RestClient;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Usage is final 26 hours after the stop at the latest. */
const settledSeconds = 26 * 3600;

const patience = ({ seconds, timeScale }: ReadOptions): number => 600 + seconds * 3 + settledSeconds / timeScale;

/** What final usage waits for: of viewers one knows until when. It is the same for a while, so that it is not said again and again. */
const whatFinalWaitsFor = (tailEndsAt: string | undefined): string => {
  const leftAt = Math.ceil(Date.parse(tailEndsAt ?? '') / 60_000) * 60_000;
  return leftAt > Date.now() ? `it can be final from ${new Date(leftAt).toISOString().slice(11, 19)} UTC on, when the last viewers have left and the minute is whole` : 'late logs and metrics are waited for';
};

const isWanted = ({ status, categories }: Usage, isProvisional: boolean): boolean => status === 'FINAL' || status === 'CORRECTED' || (isProvisional && status === 'PROVISIONAL' && categories.conversion !== null);

/** Waits until usage is final, or provisional with what was converted. */
const waitForUsage = (options: ReadOptions, breakoutId: string, tailEndsAt: string | undefined): Promise<Usage> => {
  const { producer, progress, signal, isProvisional } = options;
  return waitUntil({ what: `usage becoming ${isProvisional ? 'PROVISIONAL with its conversion' : 'FINAL'}`, timeoutSeconds: patience(options), signal }, async () => {
    const usage = breakoutUsageSchema.parse(await producer.get(`/breakouts/${breakoutId}/usage`));
    if (isWanted(usage, isProvisional)) return usage;
    progress.status(`usage is ${usage.status}: ${whatFinalWaitsFor(tailEndsAt)}`);
    return undefined;
  });
};

const readLines = async (producer: RestClient, breakoutId: string, month: string): Promise<UsageLine[]> => {
  const lines: UsageLine[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = usageLinesSchema.parse(await producer.get(`/breakouts/${breakoutId}/usage/lines?month=${month}${query}`));
    lines.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
};

const waitForRecording = (options: ReadOptions, breakoutId: string): Promise<RecordingBody> => {
  const { producer, progress, signal, pipeline: { kind } } = options;
  return waitUntil({ what: 'the recording', timeoutSeconds: patience(options), signal }, async () => {
    const [found] = recordingPageSchema.parse(await producer.get(`/breakouts/${breakoutId}/recordings`)).items;
    if (found !== undefined && found.status !== 'PROCESSING') return found;
    progress.status(showWords[kind].recording);
    return undefined;
  });
};

/** Waits for the recording and the usage of a show, and reads every level. */
export const readResults = async (options: ReadOptions, { breakout, eventId, accountId, audience }: ShownShow): Promise<Results> => {
  const { producer, progress, pipeline: { kind } } = options;
  const { breakoutId, tailEndsAt, stoppedAt = '' } = breakout;
  const recording = await waitForRecording(options, breakoutId);
  progress.step(`the recording is ${recording.status}`);
  const { status } = await waitForUsage(options, breakoutId, tailEndsAt);
  const sinceStop = (Date.now() - Date.parse(stoppedAt)) / 1000;
  progress.step(`usage is ${status}, ${sinceStop.toFixed(1)} s after ${showWords[kind].ended}`);
  const [atBreakout, atEvent, atAccount] = await Promise.all(
    [`/breakouts/${breakoutId}`, `/events/${eventId}`, `/accounts/${accountId}`].map((path) => producer.get(`${path}/usage`)),
  );
  const month = breakout.startRequestedAt?.slice(0, 7) ?? stoppedAt.slice(0, 7);
  return {
    usage: { breakout: breakoutUsageSchema.parse(atBreakout), event: eventUsageSchema.parse(atEvent), account: accountUsageSchema.parse(atAccount) },
    lines: await readLines(producer, breakoutId, month),
    ...(audience && { audience }),
    ...(kind === 'PRO' && { audience: breakoutAudienceSchema.parse(await producer.get(`/breakouts/${breakoutId}/audience`)) }),
    recording,
    ...(status !== 'PROVISIONAL' && { finalSeconds: sinceStop }),
  };
};

import { z } from 'zod';
import { breakoutAudienceSchema } from '../../lambda/contract/api/audience.ts';
import { recordingPageSchema, type RecordingBody } from '../../lambda/contract/api/recordings.ts';
import { accountUsageSchema, breakoutUsageSchema, eventUsageSchema, usageLinesSchema, usageSchema } from '../../lambda/contract/api/usage.ts';
import type { RestClient } from './rest-client.ts';
import type { Progress } from './progress.ts';
import type { ShownShow } from './run-show.ts';
import { waitUntil } from './wait-until.ts';

export type Usage = z.infer<typeof usageSchema>;
export type UsageLine = z.infer<typeof usageLinesSchema>['items'][number];

/** What the platform says of a show once everything is settled. */
export interface Results {
  readonly usage: { readonly breakout: Usage; readonly event: Usage; readonly account: Usage };
  readonly lines: readonly UsageLine[];
  /** Who watched: as the access logs tell; of a Cam show, as IVS counted while it was on. */
  readonly audience?: z.infer<typeof breakoutAudienceSchema>;
  readonly recording: RecordingBody;
  readonly finalSeconds: number;
}

interface ReadOptions {
  readonly producer: RestClient;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
  readonly hasAccessLogs: boolean;
}

const waitForUsage = ({ producer, progress, signal, timeoutSeconds }: ReadOptions, breakoutId: string, wanted: readonly Usage['status'][]): Promise<Usage> =>
  waitUntil({ what: `usage becoming ${wanted.join(' or ')}`, timeoutSeconds, signal }, async () => {
    const usage = breakoutUsageSchema.parse(await producer.get(`/breakouts/${breakoutId}/usage`));
    if (wanted.includes(usage.status)) return usage;
    progress.status(`usage is ${usage.status}: viewers may still play, and late logs and metrics are waited for`);
    return undefined;
  });

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

/** Waits for the recording and the final usage of a show, and reads every level. */
export const readResults = async (options: ReadOptions, { breakout, eventId, accountId, audience }: ShownShow): Promise<Results> => {
  const { producer, progress, signal, timeoutSeconds } = options;
  const { breakoutId, stoppedAt = '' } = breakout;
  const recording = await waitUntil({ what: 'the recording', timeoutSeconds, signal }, async () => {
    progress.status('HLS and an MP4 are being made of the archive');
    const [found] = recordingPageSchema.parse(await producer.get(`/breakouts/${breakoutId}/recordings`)).items;
    return found === undefined || found.status === 'PROCESSING' ? undefined : found;
  });
  progress.step(`the recording is ${recording.status}`);
  await waitForUsage(options, breakoutId, ['FINAL', 'CORRECTED']);
  const finalSeconds = (Date.now() - Date.parse(stoppedAt)) / 1000;
  progress.step(`usage is FINAL, ${finalSeconds.toFixed(1)} s after the channel was idle`);
  const [atBreakout, atEvent, atAccount] = await Promise.all(
    [`/breakouts/${breakoutId}`, `/events/${eventId}`, `/accounts/${accountId}`].map((path) => producer.get(`${path}/usage`)),
  );
  const month = breakout.startRequestedAt?.slice(0, 7) ?? stoppedAt.slice(0, 7);
  return {
    usage: { breakout: breakoutUsageSchema.parse(atBreakout), event: eventUsageSchema.parse(atEvent), account: accountUsageSchema.parse(atAccount) },
    lines: await readLines(producer, breakoutId, month),
    ...(audience && { audience }),
    ...(options.hasAccessLogs && { audience: breakoutAudienceSchema.parse(await producer.get(`/breakouts/${breakoutId}/audience`)) }),
    recording,
    finalSeconds,
  };
};

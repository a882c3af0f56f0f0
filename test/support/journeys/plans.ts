import type { z } from 'zod';
import { breakoutBodySchema, ingestBodySchema, type BreakoutBody } from '../../../lambda/contract/api/breakouts.ts';
import { eventBodySchema, type EventBody } from '../../../lambda/contract/api/events.ts';
import { playbackBodySchema, type PlaybackBody } from '../../../lambda/contract/api/playback.ts';
import { breakoutUsageSchema, type usageSchema } from '../../../lambda/contract/api/usage.ts';
import { waitUntil } from '../../../scripts/demo/wait-until.ts';
import { bodyOf, type ApiClient } from './api-client.ts';

/** So many hours from now, as the API writes times. */
export const hoursAhead = (hours: number): string => new Date(Date.now() + hours * 3600_000).toISOString();

/** An event that has begun and goes on for days. */
export const anEvent = async (client: ApiClient, overrides: Partial<EventBody> = {}): Promise<EventBody> =>
  bodyOf(await client.post('/events', { name: 'Harbour Days', startsAt: hoursAhead(-1), endsAt: hoursAhead(96), ...overrides }), 201, eventBodySchema);

/** The body of a booking: from now, for an hour, unless told. */
export const aBooking = (pipelineId: string, overrides: Partial<BreakoutBody> = {}) => ({
  title: 'Opening show',
  pipelineId,
  startsAt: hoursAhead(0),
  endsAt: hoursAhead(1),
  ...overrides,
});

/** A booked breakout. */
export const aBreakout = async (client: ApiClient, eventId: string, pipelineId: string, overrides: Partial<BreakoutBody> = {}): Promise<BreakoutBody> =>
  bodyOf(await client.post(`/events/${eventId}/breakouts`, aBooking(pipelineId, overrides)), 201, breakoutBodySchema);

/** The breakout as it is now. */
export const breakoutNow = async (client: ApiClient, breakoutId: string): Promise<BreakoutBody> =>
  bodyOf(await client.get(`/breakouts/${breakoutId}`), 200, breakoutBodySchema);

const inTime = <Found>(what: string, timeoutSeconds: number, ask: () => Promise<Found | undefined>): Promise<Found> =>
  waitUntil({ what, timeoutSeconds, pollMilliseconds: 400, signal: new AbortController().signal }, ask);

/** Waits until the breakout has this status. @throws Error when it fails instead, or takes longer than a minute */
export const becomes = (client: ApiClient, breakoutId: string, wanted: BreakoutBody['status']): Promise<BreakoutBody> =>
  inTime(`breakout ${breakoutId} becoming ${wanted}`, 60, async () => {
    const breakout = await breakoutNow(client, breakoutId);
    if (breakout.status === 'FAILED' && wanted !== 'FAILED') throw new Error(`the show failed: ${breakout.failure?.message ?? 'no reason given'}`);
    return breakout.status === wanted ? breakout : undefined;
  });

/** Waits until the measured usage of a breakout is as wanted; estimates of a show that is on the air are none. */
export const usageOnce = (client: ApiClient, breakoutId: string, isWanted: (usage: z.infer<typeof usageSchema>) => boolean): Promise<z.infer<typeof breakoutUsageSchema>> =>
  inTime(`the wanted usage of ${breakoutId}`, 60, async () => {
    const usage = bodyOf(await client.get(`/breakouts/${breakoutId}/usage`), 200, breakoutUsageSchema);
    return usage.status !== 'ESTIMATED' && isWanted(usage) ? usage : undefined;
  });

/** Waits until asking gives an answer that is wanted. */
export const answerOnce = inTime;

/** Where the breakout's encoders push to, the primary input first. */
export const ingestUrlsOf = async (client: ApiClient, breakoutId: string): Promise<readonly string[]> =>
  // A local stage takes RTMP in the place of RTMPS.
  bodyOf(await client.get(`/breakouts/${breakoutId}/ingest`), 200, ingestBodySchema).endpoints.map(({ url }) => url.replace(/^rtmps:\/\/127\.0\.0\.1:/, 'rtmp://127.0.0.1:'));

/** Where the breakout's first encoder pushes to. */
export const ingestUrlOf = async (client: ApiClient, breakoutId: string): Promise<string> => (await ingestUrlsOf(client, breakoutId))[0]!;

/** A viewer's URL of the breakout in a format. */
export const playbackUrlOf = async (client: ApiClient, breakoutId: string, wanted: PlaybackBody['endpoints'][number]['format'] = 'HLS'): Promise<string> =>
  bodyOf(await client.post(`/breakouts/${breakoutId}/playback`), 201, playbackBodySchema).endpoints.find(({ format }) => format === wanted)!.url;

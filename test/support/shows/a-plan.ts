import type { Account } from '../../../lambda/domain/accounts/account.ts';
import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { BookedBreakout } from '../../../lambda/domain/breakouts/breakout-store.ts';
import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { EventRecord, PlannedEvent } from '../../../lambda/domain/events/event.ts';
import type { ProPipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import type { PipelineHold } from '../../../lambda/domain/pipelines/pipeline-hold.ts';
import type { Caller } from '../../../lambda/domain/shared/caller.ts';
import { idsFrom } from '../../../lambda/domain/shared/identifiers.ts';

/** The instant at which plans are made in tests. */
const planningTime = '2026-11-20T00:00:00.000Z';

/** Ids as the platform makes them, without chance in their time. */
export const newId = idsFrom(() => Date.parse(planningTime));

export const aCaller = (overrides: Partial<Caller> = {}): Caller => ({ subject: 'producer', accountId: 'acc_mine', role: 'PRODUCER', ...overrides });

export const anAccount = (overrides: Partial<Account> = {}): Account => ({
  accountId: newId('account'), name: 'Festival Ltd', members: [], createdAt: planningTime, updatedAt: planningTime, revision: 1, ...overrides,
});

/** A day's event. */
export const anEvent = (overrides: Partial<PlannedEvent> = {}): PlannedEvent => ({
  eventId: newId('event'),
  accountId: 'acc_mine',
  name: 'Conference',
  startsAt: '2026-11-23T08:00:00.000Z',
  endsAt: '2026-11-23T20:00:00.000Z',
  createdAt: planningTime,
  updatedAt: planningTime,
  revision: 1,
  ...overrides,
});

/** A show of an hour, not yet started. */
export const aBreakout = (overrides: Partial<Breakout> = {}): Breakout => ({
  breakoutId: newId('breakout'),
  eventId: 'evt_1',
  accountId: 'acc_mine',
  title: 'Opening',
  pipelineId: 'pl_main',
  startsAt: '2026-11-23T10:00:00.000Z',
  endsAt: '2026-11-23T11:00:00.000Z',
  status: 'SCHEDULED',
  attempt: 0,
  wantsMp4: false,
  createdAt: planningTime,
  updatedAt: planningTime,
  revision: 1,
  ...overrides,
});

/** A breakout with all that is written when it is booked. */
export const aBooking = (breakout: Breakout, event: EventRecord, calendarRevision: number): BookedBreakout => {
  const { breakoutId, pipelineId, accountId, startsAt, endsAt } = breakout;
  return { breakout, booking: { pipelineId, breakoutId, accountId, startsAt, endsAt }, calendar: { pipelineId, revision: calendarRevision }, event };
};

export const aHold = (breakout: Breakout, overrides: Partial<PipelineHold> = {}): PipelineHold => ({
  pipelineId: breakout.pipelineId, breakoutId: breakout.breakoutId, attempt: 1, accountId: breakout.accountId, claimedAt: breakout.startsAt, ...overrides,
});

/** A single-pipeline channel with one RTMP input; a turnaround of five minutes. */
export const aPipeline = (overrides: Partial<ProPipeline> = {}): ProPipeline => ({
  pipelineId: 'pl_main',
  name: 'Main',
  kind: 'PRO',
  region: 'us-east-1',
  channel: {
    channelId: '1234567',
    channelArn: 'arn:aws:medialive:us-east-1:123456789012:channel:1234567',
    channelClass: 'SINGLE_PIPELINE',
    inputs: [{ inputId: '11', name: 'a', type: 'RTMP_PUSH' }],
    inputSecurityGroup: { groupId: '77', allowedSources: ['198.51.100.0/24'] },
    inputClass: { codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_10_MBPS' },
    outputs: [{ name: '1080p', codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30 }],
  },
  packaging: { channelId: 'main', endpoints: [{ format: 'HLS', endpointId: 'main-hls', path: '/out/v1/abc/index.m3u8', segmentSeconds: 6, windowSeconds: 60, startOverSeconds: 0, isEncrypted: false }] },
  delivery: { distributionId: 'E2ABCDEFGH', baseUrl: 'https://d111.cloudfront.net' },
  archive: { bucket: 'archive', keyPrefix: 'pl_main/archive', rolloverSeconds: 300 },
  ...overrides,
});

/** A run that has been asked for and not yet seen running. */
export const aRequestedRun = (overrides: Partial<ChannelRun> = {}): ChannelRun => ({
  breakoutId: newId('breakout'),
  attempt: 1,
  pipelineId: 'pl_main',
  requestedAt: '2026-11-23T10:00:00.000Z',
  channel: {
    channelId: '1234567',
    channelArn: 'arn:aws:medialive:us-east-1:123456789012:channel:1234567',
    channelClass: 'SINGLE_PIPELINE',
    inputs: [{ name: 'a', codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_10_MBPS' }],
    outputs: [{ outputGroup: 'packager', name: '1080p', codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30 }],
  },
  ...overrides,
});

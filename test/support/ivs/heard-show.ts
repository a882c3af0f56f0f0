import { dynamoDbBreakoutStore } from '../../../lambda/adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore } from '../../../lambda/adapters/dynamodb/channel-run-store.ts';
import { dynamoDbEventStore } from '../../../lambda/adapters/dynamodb/event-store.ts';
import { dynamoDbPastHolds, dynamoDbPipelineCalendar, dynamoDbPipelineHolds } from '../../../lambda/adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../../lambda/adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../../lambda/adapters/dynamodb/stream-session-store.ts';
import { ivsStreamWatch } from '../../../lambda/adapters/ivs/stream-watch.ts';
import { handler } from '../../../lambda/handlers/events/media-events.ts';
import { markRunning } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { readCamHealth } from '../../../lambda/domain/monitoring/cam/read-cam-health.ts';
import { recordShow } from '../../../lambda/domain/recordings/cam/record-show.ts';
import { bookedShow, createdEvent } from '../shows/a-booked-show.ts';
import { aCamPipeline, aCamRun } from '../shows/a-cam-plan.ts';
import { aCaller } from '../shows/a-plan.ts';
import { camWorld } from '../shows/cam-world.ts';
import { memoryRegistry } from '../shows/show-world.ts';
import { aRecording } from '../usage/a-show.ts';
import { createCamChannel } from './cam-channel.ts';
import { type DocumentedEvent, toldEvent } from './documented-events.ts';
import type { HearingStage } from './hearing-stage.ts';
import { testEncoder } from './test-encoder.ts';

let shows = 0;

/** A running show in the table, on a channel of its own, whose encoder has just gone live, and which hears by its function alone. */
export const heardShow = async ({ ivs, clock, segments, records, table, register, messages }: HearingStage) => {
  const { arn: channelArn, ingestUrl } = await createCamChannel(ivs);
  const pipeline = aCamPipeline({ pipelineId: `pl_cam-${(shows += 1)}`, channel: { ...aCamPipeline().channel, channelArn } });
  await register(pipeline);
  const stores = {
    events: dynamoDbEventStore(table), breakouts: dynamoDbBreakoutStore(table), calendar: dynamoDbPipelineCalendar(table), holds: dynamoDbPipelineHolds(table), pastHolds: dynamoDbPastHolds(table),
    camRuns: dynamoDbCamRunStore(table), sessions: dynamoDbStreamSessionStore(table), log: dynamoDbShowLog(table), streams: ivsStreamWatch(ivs.ivs),
  };
  const now = clock.now();
  const deps = { ...camWorld([pipeline]).deps, ...stores, pipelines: memoryRegistry([pipeline]), now: () => now - 60_000 };
  const timeAfter = (seconds: number): string => new Date(now + seconds * 1_000).toISOString();
  const times = { startsAt: timeAfter(0), endsAt: timeAfter(3_600) };
  const { eventId } = await createdEvent({ deps }, aCaller(), times);
  const { breakoutId } = await bookedShow({ deps }, { eventId, pipelineId: pipeline.pipelineId, ...times });
  const { attempt } = await startBreakout(deps)({ caller: aCaller(), breakoutId });
  const { channel } = aCamRun();
  await stores.camRuns.begin(aCamRun({ breakoutId, attempt, pipelineId: pipeline.pipelineId, requestedAt: timeAfter(-60), channel: { ...channel, channelArn } }));
  await stores.camRuns.observe(breakoutId, attempt, { started: { at: timeAfter(-55), source: 'POLL' } });
  await markRunning(deps)({ breakoutId, attempt });
  const encoder = testEncoder(ivs.service.authority, segments);
  encoder.dial(ingestUrl.split('/').at(-1) ?? '');
  await encoder.goLive();
  const { streamId = '' } = (await stores.streams.latest(channelArn)) ?? {};
  const breakout = () => stores.breakouts.get(breakoutId);
  return {
    breakoutId, channelArn, streamId, timeAfter, encoder,
    /** The function is told what AWS documents, so many seconds after the stream began. */
    tell: (name: DocumentedEvent, seconds: number, change: Readonly<Record<string, unknown>> = {}) => {
      const event = toldEvent(name, { channelArn, streamId, at: timeAfter(seconds) });
      return handler({ ...event, detail: { ...event.detail, ...change } });
    },
    /** IVS lists this in the stream's session, and tells nothing. */
    list: (type: string, name: string, seconds: number): void => {
      const session = records.sessions.get(streamId)!;
      records.sessions.put(streamId, { ...session, hasErrorEvent: true, events: [{ type, name, at: now + seconds * 1_000 }, ...session.events] });
    },
    /** The function is told all that local IVS has told of changes of the stream. */
    relay: async () => {
      for (const { detail, ...event } of ivs.events.filter(({ detailType, resources }) => detailType === 'IVS Stream State Change' && resources.includes(channelArn))) {
        const { at = now } = records.sessions.get(streamId)?.events.find(({ name }) => name === detail['event_name']) ?? {};
        await handler({ ...toldEvent('streamStart', { channelArn, streamId, at: new Date(at).toISOString() }), resources: event.resources, detail });
      }
    },
    logged: async () => (await stores.log.entries(breakoutId)).map(({ type, name, alertType, message }) => `${type} ${name}${alertType === undefined ? '' : ` ${alertType}`}: ${message}`),
    announced: () => messages.filter(({ show }) => show?.breakoutId === breakoutId).map(({ kind, at, message }) => ({ kind, at, message })),
    sessions: () => stores.sessions.list(breakoutId),
    /** Its pipeline is not armed any more, so many seconds after the stream began. */
    end: (seconds: number) => stores.camRuns.observe(breakoutId, attempt, { ended: { at: timeAfter(seconds), source: 'POLL' } }),
    health: async (seconds = 60) => readCamHealth({ ...stores, statistics: { read: async (_region, wanted) => wanted.map(() => ({ values: [], isComplete: true })) }, now: () => now + seconds * 1_000 })(await breakout(), pipeline),
    /** What there is to see of a recording when IVS has put nothing into the bucket, a minute after the stream. */
    recording: async () => recordShow({
      cam: { runs: stores.camRuns, sessions: stores.sessions }, serviceRecordings: { began: async () => [] }, objects: { list: async () => [] },
      playlists: { read: async () => '', write: async () => undefined }, now: () => new Date(now + 60_000),
    })(await breakout(), pipeline, { ...aRecording(), breakoutId, status: 'PROCESSING' }),
  };
};

import {
  ChannelNotBroadcasting,
  GetStreamCommand,
  GetStreamSessionCommand,
  type IvsClient,
  ListStreamSessionsCommand,
  ResourceNotFoundException,
  type StreamEvent,
  type StreamSessionSummary,
  type VideoConfiguration,
} from '@aws-sdk/client-ivs';
import type { SessionSource } from '../../domain/breakouts/cam/stream-session.ts';
import type { ListedSession, SessionEvent, StreamNow, StreamWatch } from '../../domain/pipelines/cam-control.ts';
import { calling } from '../service-faults.ts';
import { onChannel } from './on-channel.ts';

const healths: Readonly<Record<string, StreamNow['health']>> = { HEALTHY: 'HEALTHY', STARVING: 'STARVING' };

const listed = ({ streamId, startTime, endTime, hasErrorEvent = false }: StreamSessionSummary): readonly ListedSession[] =>
  streamId === undefined || startTime === undefined
    ? []
    : [{ streamId, startedAt: startTime.toISOString(), hasErrors: hasErrorEvent, ...(endTime === undefined ? {} : { endedAt: endTime.toISOString() }) }];

const sourceOf = ({ videoWidth, videoHeight, targetFramerate = 0, targetBitrate = 0, codec = '' }: VideoConfiguration): SessionSource | undefined =>
  videoWidth === undefined || videoHeight === undefined
    ? undefined
    : { widthPixels: videoWidth, heightPixels: videoHeight, framesPerSecond: targetFramerate, bitsPerSecond: targetBitrate, codec };

const eventOf = ({ name, type, eventTime, code }: StreamEvent): readonly SessionEvent[] =>
  name === undefined || type === undefined || eventTime === undefined ? [] : [{ name, type, at: eventTime.toISOString(), ...(code === undefined ? {} : { code }) }];

/** Streams of IVS's channels, as it tells. IAM: ivs:GetStream, ListStreamSessions and GetStreamSession on channels by tag. */
export const ivsStreamWatch = (client: IvsClient): StreamWatch => ({
  now: (channelArn) =>
    onChannel(channelArn, async () => {
      try {
        const { stream } = await client.send(new GetStreamCommand({ channelArn }));
        const { streamId, startTime, health = '', viewerCount = 0 } = stream ?? {};
        if (streamId === undefined || startTime === undefined) return undefined;
        return { streamId, startedAt: startTime.toISOString(), health: healths[health] ?? 'UNKNOWN', viewers: viewerCount };
      } catch (error) {
        if (error instanceof ChannelNotBroadcasting) return undefined;
        throw error;
      }
    }),
  latest: (channelArn) =>
    onChannel(channelArn, async () => {
      const { streamSessions = [] } = await client.send(new ListStreamSessionsCommand({ channelArn, maxResults: 1 }));
      return streamSessions.flatMap(listed)[0];
    }),
  sessions: (channelArn, since) =>
    onChannel(channelArn, async () => {
      const found: ListedSession[] = [];
      // The newest come first, so that a page with an older one is the last that matters.
      for (let nextToken: string | undefined; ; ) {
        const page = await client.send(new ListStreamSessionsCommand({ channelArn, maxResults: 100, ...(nextToken === undefined ? {} : { nextToken }) }));
        const sessions = (page.streamSessions ?? []).flatMap(listed);
        found.push(...sessions.filter(({ startedAt }) => startedAt >= since));
        if (page.nextToken === undefined || sessions.some(({ startedAt }) => startedAt < since)) return found;
        nextToken = page.nextToken;
      }
    }),
  async session(channelArn, streamId) {
    try {
      const { streamSession: { ingestConfiguration, truncatedEvents = [] } = {} } = await calling('ivs', () => client.send(new GetStreamSessionCommand({ channelArn, streamId })));
      const source = ingestConfiguration?.video && sourceOf(ingestConfiguration.video);
      return { ...(source === undefined ? {} : { source }), events: truncatedEvents.flatMap(eventOf) };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
});

import type * as sdk from '@aws-sdk/client-ivs';
import type { Operations } from '../../../gateway/define-service.ts';
import { arnOf } from '../arns.ts';
import { channelOf, playlistPath } from '../channels/describe-channel.ts';
import { onChannel, resourceOf, type ControlPlane } from '../control-plane.ts';
import { notBroadcasting, notFound } from '../faults.ts';
import { pageOf } from '../page-of.ts';
import { configurationShown } from '../recording/configuration-operations.ts';
import { openSessionOf, sessionsOf, type SessionRecord } from '../records.ts';

/** https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_ListStreamSessions.html */
const keptMilliseconds = 60 * 24 * 3_600_000;

/** Operations on streams and their sessions. A stream is there from its first segment on, a session from its encoder's connection. */
export const streamOperations = (plane: ControlPlane): Operations<typeof sdk> => {
  const { records, streams, owner, clock } = plane;
  const channelId = (arn: string): string => resourceOf(records.channels, 'channel', arn).id;
  const summary = (session: SessionRecord): sdk.StreamSummary => ({
    channelArn: arnOf(owner, 'channel', session.channel.id), streamId: session.id, state: 'LIVE', health: streams.health(session.channel.id),
    viewerCount: streams.viewerCount(session.channel.id), startTime: new Date(session.startedAt),
  });
  const kept = (id: string): readonly SessionRecord[] => sessionsOf(records, id).filter(({ startedAt }) => startedAt > clock.now() - keptMilliseconds);

  return {
    GetStream: {
      permissions: onChannel('GetStream'),
      handle: ({ channelArn }) => {
        const id = channelId(channelArn);
        const session = openSessionOf(records, id);
        if (session?.isLive !== true) throw notBroadcasting(channelArn);
        return { stream: { ...summary(session), playbackUrl: `${plane.playbackUrl()}${playlistPath(id, plane)}` } };
      },
    },
    ListStreams: {
      permissions: (_, caller) => [{ action: 'ivs:ListStreams', resources: [arnOf(caller, 'channel')] }],
      handle: ({ filterBy, ...page }) => {
        const live = [...records.sessions.values()].filter(({ endedAt, isLive }) => endedAt === undefined && isLive).map(summary);
        const { items, next } = pageOf(live.filter(({ health }) => filterBy?.health === undefined || filterBy.health === health), page);
        return { streams: items, ...next };
      },
    },
    ListStreamSessions: {
      permissions: onChannel('ListStreamSessions'),
      handle: ({ channelArn, ...page }) => {
        const { items, next } = pageOf(kept(channelId(channelArn)), page);
        return { streamSessions: items.map(({ id, startedAt, endedAt, hasErrorEvent }) => ({ streamId: id, startTime: new Date(startedAt), hasErrorEvent, ...(endedAt === undefined ? {} : { endTime: new Date(endedAt) }) })), ...next };
      },
    },
    GetStreamSession: {
      permissions: onChannel('GetStreamSession'),
      handle: ({ channelArn, streamId }) => {
        const session = kept(channelId(channelArn)).find(({ id }) => streamId === undefined || id === streamId);
        if (session === undefined) throw notFound(streamId ?? channelArn);
        return { streamSession: sessionShown(session, plane) };
      },
    },
    StopStream: {
      permissions: onChannel('StopStream'),
      handle: ({ channelArn }) => {
        if (!streams.stop(channelId(channelArn))) throw notBroadcasting(channelArn);
        return {};
      },
    },
  };
};

const sessionShown = ({ id, startedAt, endedAt, channel, recording, ingest, events }: SessionRecord, plane: ControlPlane): sdk.StreamSession => ({
  streamId: id, startTime: new Date(startedAt), channel: channelOf(channel, plane),
  ...(endedAt === undefined ? {} : { endTime: new Date(endedAt) }),
  ...(ingest === undefined ? {} : { ingestConfiguration: ingest, ingestConfigurations: { videoConfigurations: tracks(ingest.video), audioConfigurations: tracks(ingest.audio) } }),
  ...(recording === undefined ? {} : { recordingConfiguration: configurationShown(recording, plane) }),
  truncatedEvents: events.map(({ at, ...event }) => ({ ...event, eventTime: new Date(at) })),
});

const tracks = <Track extends object>(only: Track | undefined): (Track & { readonly track: string })[] => (only === undefined ? [] : [{ ...only, track: 'Track0' }]);

import type { Channel, ChannelSummary, StreamKey } from '@aws-sdk/client-ivs';
import { arnOf } from '../arns.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { ChannelRecord, StreamKeyRecord } from '../records.ts';

type Described = Pick<ControlPlane, 'ingestEndpoint' | 'owner' | 'playbackUrl'>;

/** A channel as the lists show it. */
export const summaryOf = ({ id, tags, preset, recordingConfigurationArn = '', ...channel }: ChannelRecord, { owner }: Described): ChannelSummary => ({
  arn: arnOf(owner, 'channel', id), name: channel.name, type: channel.type, latencyMode: channel.latencyMode, authorized: channel.authorized,
  insecureIngest: channel.insecureIngest, recordingConfigurationArn, tags: { ...tags }, ...(preset === undefined ? {} : { preset }), playbackRestrictionPolicyArn: '',
});

/** A channel as it is described. */
export const channelOf = (channel: ChannelRecord, plane: Described): Channel => ({
  ...summaryOf(channel, plane), containerFormat: channel.containerFormat, ingestEndpoint: plane.ingestEndpoint(), playbackUrl: `${plane.playbackUrl()}${playlistPath(channel.id, plane)}`,
});

/** Where a channel's multivariant playlist is: `/api/video/v1/us-east-1.123456789012.channel.AbCdef1G2hij.m3u8`. */
export const playlistPath = (channelId: string, { owner: { region, accountId } }: Pick<Described, 'owner'>): string => `/api/video/v1/${region}.${accountId}.channel.${channelId}.m3u8`;

/** A stream key with its value. */
export const streamKeyShown = ({ id, channelId, value, tags }: StreamKeyRecord, { owner }: Pick<Described, 'owner'>): StreamKey =>
  ({ arn: arnOf(owner, 'stream-key', id), channelArn: arnOf(owner, 'channel', channelId), value, tags: { ...tags } });

import type * as sdk from '@aws-sdk/client-mediapackage';
import type { Operations } from '../../gateway/define-service.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf } from './arns.ts';
import type { ChannelRecord } from './channel-record.ts';
import { notFound, unprocessable } from './faults.ts';
import type { ControlPlane } from './control-plane.ts';
import type { NameSource } from './records.ts';

/** Operations on channels. */
export const channelOperations = ({ records, names, clock, packager, baseUrl }: ControlPlane): Operations<typeof sdk> => {
  const existing = (id: string): ChannelRecord => {
    const channel = records.channels.get(id);
    if (channel === undefined) throw notFound('channel', id);
    return channel;
  };
  const permission = (action: string) => (input: { readonly Id: string }, owner: ResourceOwner) =>
    [{ action: `mediapackage:${action}`, resources: [arnOf(owner, 'channels', records.channels.get(input.Id)?.guid)] }];
  const shown = (channel: ChannelRecord, owner: ResourceOwner) => describeChannel(channel, owner, baseUrl());

  return {
    CreateChannel: {
      permissions: (_, owner) => [{ action: 'mediapackage:CreateChannel', resources: [arnOf(owner, 'channels')] }],
      handle: (input, owner) => {
        if (records.channels.get(input.Id) !== undefined) throw unprocessable(`channel ${input.Id} exists already`);
        const channel = newChannel(input, names, clock.now());
        records.channels.put(input.Id, channel);
        return shown(channel, owner);
      },
    },
    DescribeChannel: { permissions: permission('DescribeChannel'), handle: ({ Id }, owner) => shown(existing(Id), owner) },
    UpdateChannel: {
      permissions: permission('UpdateChannel'),
      handle: ({ Id, Description }, owner) => {
        const channel = { ...existing(Id), ...(Description === undefined ? {} : { description: Description }) };
        records.channels.put(Id, channel);
        return shown(channel, owner);
      },
    },
    ListChannels: {
      permissions: (_, owner) => [{ action: 'mediapackage:ListChannels', resources: [arnOf(owner, 'channels')] }],
      handle: (_, owner) => ({ Channels: [...records.channels.values()].map((channel) => shown(channel, owner)) }),
    },
    RotateIngestEndpointCredentials: {
      permissions: permission('RotateIngestEndpointCredentials'),
      handle: ({ Id, IngestEndpointId }, owner) => {
        const before = existing(Id);
        if (!before.ingestEndpoints.some(({ id }) => id === IngestEndpointId)) throw notFound('ingest endpoint', IngestEndpointId);
        const ingestEndpoints = before.ingestEndpoints.map((endpoint) => (endpoint.id === IngestEndpointId ? { ...endpoint, username: names.guid(), password: names.secret() } : endpoint));
        const channel = { ...before, ingestEndpoints };
        records.channels.put(Id, channel);
        return shown(channel, owner);
      },
    },
    DeleteChannel: {
      permissions: permission('DeleteChannel'),
      handle: ({ Id }) => {
        existing(Id);
        const endpoints = records.endpointsOf(Id).map(({ id }) => id);
        if (endpoints.length > 0) throw unprocessable(`channel ${Id} has endpoints (${endpoints.join(', ')}): delete them first`);
        packager.forget(Id);
        records.channels.delete(Id);
        return {};
      },
    },
  };
};

type ChannelDeclaration = Pick<sdk.CreateChannelRequest, 'Description' | 'Tags'> & { readonly Id: string };

const newChannel = ({ Id, Description, Tags }: ChannelDeclaration, names: NameSource, now: number): ChannelRecord => {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(Id)) throw unprocessable(`channel Id ${JSON.stringify(Id)}: allowed are letters, digits, "-" and "_"`);
  const ingestEndpoint = () => ({ id: names.guid(), username: names.guid(), password: names.secret() });
  return {
    id: Id, guid: names.guid(), ...(Description === undefined ? {} : { description: Description }),
    tags: Tags ?? {}, createdAt: new Date(now).toISOString(), ingestEndpoints: [ingestEndpoint(), ingestEndpoint()],
  };
};

const describeChannel = (channel: ChannelRecord, owner: ResourceOwner, baseUrl: string) => ({
  Id: channel.id,
  Arn: arnOf(owner, 'channels', channel.guid),
  CreatedAt: channel.createdAt,
  ...(channel.description === undefined ? {} : { Description: channel.description }),
  Tags: { ...channel.tags },
  HlsIngest: {
    IngestEndpoints: channel.ingestEndpoints.map(({ id, username, password }) => ({
      Id: id, Username: username, Password: password, Url: `${baseUrl}/in/v2/${channel.guid}/${id}/channel`,
    })),
  },
});

import type * as sdk from '@aws-sdk/client-mediapackage';
import type { HlsPackage } from '@aws-sdk/client-mediapackage';
import type { Operations } from '../../gateway/define-service.ts';
import { findUnsupported } from '../../media/declared-properties.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { endpointProperties } from './endpoint-properties.ts';
import type { EndpointRecord } from './endpoint-record.ts';
import { notFound, unprocessable } from './faults.ts';

/** Operations on origin endpoints. */
export const endpointOperations = ({ records, names, clock, baseUrl }: ControlPlane): Operations<typeof sdk> => {
  const existing = (id: string): EndpointRecord => {
    const endpoint = records.endpoints.get(id);
    if (endpoint === undefined) throw notFound('origin endpoint', id);
    return endpoint;
  };
  const permission = (action: string) => (input: { readonly Id: string }, owner: ResourceOwner) =>
    [{ action: `mediapackage:${action}`, resources: [arnOf(owner, 'origin_endpoints', records.endpoints.get(input.Id)?.guid)] }];
  const shown = (endpoint: EndpointRecord, owner: ResourceOwner) => describeEndpoint(endpoint, owner, baseUrl());
  const seconds = (): number => Math.floor(clock.now() / 1000);

  return {
    CreateOriginEndpoint: {
      permissions: (_, owner) => [{ action: 'mediapackage:CreateOriginEndpoint', resources: [arnOf(owner, 'origin_endpoints')] }],
      handle: (input, owner) => {
        const hls = checked(input);
        if (records.channels.get(input.ChannelId) === undefined) throw unprocessable(`channel ${input.ChannelId} does not exist: create it first`);
        if (records.endpoints.get(input.Id) !== undefined) throw unprocessable(`origin endpoint ${input.Id} exists already`);
        const endpoint: EndpointRecord = {
          id: input.Id, guid: names.guid(), channelId: input.ChannelId, manifestName: input.ManifestName ?? 'index', hls,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          origination: input.Origination ?? 'ALLOW', tags: input.Tags ?? {}, createdAt: new Date(clock.now()).toISOString(), modifiedAt: seconds(),
        };
        records.endpoints.put(endpoint.id, endpoint);
        return shown(endpoint, owner);
      },
    },
    DescribeOriginEndpoint: { permissions: permission('DescribeOriginEndpoint'), handle: ({ Id }, owner) => shown(existing(Id), owner) },
    UpdateOriginEndpoint: {
      permissions: permission('UpdateOriginEndpoint'),
      handle: (input, owner) => {
        const before = existing(input.Id);
        const hls = checked({ ...input, HlsPackage: input.HlsPackage ?? before.hls });
        const endpoint: EndpointRecord = {
          ...before, hls, manifestName: input.ManifestName ?? before.manifestName, origination: input.Origination ?? before.origination,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          // Strictly later, so that a second change within one second is seen as one.
          modifiedAt: Math.max(seconds(), before.modifiedAt + 1),
        };
        records.endpoints.put(endpoint.id, endpoint);
        return shown(endpoint, owner);
      },
    },
    ListOriginEndpoints: {
      permissions: (_, owner) => [{ action: 'mediapackage:ListOriginEndpoints', resources: [arnOf(owner, 'origin_endpoints')] }],
      handle: ({ ChannelId }, owner) => ({
        OriginEndpoints: [...records.endpoints.values()].filter(({ channelId }) => ChannelId === undefined || channelId === ChannelId).map((endpoint) => shown(endpoint, owner)),
      }),
    },
    DeleteOriginEndpoint: {
      permissions: permission('DeleteOriginEndpoint'),
      handle: ({ Id }) => {
        existing(Id);
        records.endpoints.delete(Id);
        return {};
      },
    },
  };
};

/** The endpoint's HLS settings. Throws 422 for what cannot be honoured or is out of range. */
const checked = (input: { readonly HlsPackage?: HlsPackage | undefined; readonly ManifestName?: string | undefined }): HlsPackage => {
  const problems = findUnsupported(endpointProperties, input).map(({ elementPath, message }) => `${elementPath}: ${message}`);
  if (problems.length > 0) throw unprocessable(problems.join('; '));
  if (input.HlsPackage === undefined) throw unprocessable('HlsPackage is missing: local mode packages HLS only');
  const { SegmentDurationSeconds: segment = 6, PlaylistWindowSeconds: window = 60 } = input.HlsPackage;
  if (segment < 1 || segment > 30) throw unprocessable(`HlsPackage.SegmentDurationSeconds ${segment}: allowed are 1 to 30`);
  if (window < segment * 3 || window > 300) throw unprocessable(`HlsPackage.PlaylistWindowSeconds ${window}: allowed are three segments (${segment * 3}) to 300`);
  if (input.ManifestName !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(input.ManifestName)) throw unprocessable(`ManifestName ${JSON.stringify(input.ManifestName)}: allowed are letters, digits, "-" and "_"`);
  return { PlaylistType: 'NONE', AdMarkers: 'NONE', UseAudioRenditionGroup: false, IncludeIframeOnlyStream: false, ...input.HlsPackage, SegmentDurationSeconds: segment, PlaylistWindowSeconds: window };
};

const describeEndpoint = (endpoint: EndpointRecord, owner: ResourceOwner, baseUrl: string) => ({
  Id: endpoint.id,
  Arn: arnOf(owner, 'origin_endpoints', endpoint.guid),
  ChannelId: endpoint.channelId,
  ManifestName: endpoint.manifestName,
  CreatedAt: endpoint.createdAt,
  ...(endpoint.description === undefined ? {} : { Description: endpoint.description }),
  HlsPackage: endpoint.hls,
  Origination: endpoint.origination,
  StartoverWindowSeconds: 0,
  TimeDelaySeconds: 0,
  Whitelist: [],
  Tags: { ...endpoint.tags },
  Url: `${baseUrl}/out/v1/${endpoint.guid}/${endpoint.manifestName}.m3u8`,
});

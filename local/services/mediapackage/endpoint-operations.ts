import type * as sdk from '@aws-sdk/client-mediapackage';
import type { Operations } from '../../gateway/define-service.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { readDeclaration, type EndpointDeclaration } from './endpoint-declaration.ts';
import { formatOf, type EndpointRecord } from './endpoint-record.ts';
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
        const settings = readDeclaration(input);
        if (records.channels.get(input.ChannelId) === undefined) throw unprocessable(`channel ${input.ChannelId} does not exist: create it first`);
        if (records.endpoints.get(input.Id) !== undefined) throw unprocessable(`origin endpoint ${input.Id} exists already`);
        const endpoint: EndpointRecord = {
          id: input.Id, guid: names.guid(), channelId: input.ChannelId, ...settings,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          tags: input.Tags ?? {}, createdAt: new Date(clock.now()).toISOString(), modifiedAt: seconds(),
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
        const settings = readDeclaration({ ...declarationOf(before), ...withoutUndefined(input) });
        const { hls, dash, mss, cmaf, authorization, ...kept } = before;
        const endpoint: EndpointRecord = {
          ...kept, ...settings, ...(input.Description === undefined ? {} : { description: input.Description }),
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

/** An endpoint as it was declared, with its defaults. */
const declarationOf = (endpoint: EndpointRecord) => ({
  ManifestName: endpoint.manifestName,
  Origination: endpoint.origination,
  StartoverWindowSeconds: endpoint.startoverWindowSeconds,
  TimeDelaySeconds: endpoint.timeDelaySeconds,
  Whitelist: [...endpoint.whitelist],
  ...(endpoint.authorization === undefined ? {} : { Authorization: endpoint.authorization }),
  ...(endpoint.hls === undefined ? {} : { HlsPackage: endpoint.hls }),
  ...(endpoint.dash === undefined ? {} : { DashPackage: endpoint.dash }),
  ...(endpoint.mss === undefined ? {} : { MssPackage: endpoint.mss }),
  ...(endpoint.cmaf === undefined ? {} : { CmafPackage: endpoint.cmaf }),
});

const withoutUndefined = (input: EndpointDeclaration): EndpointDeclaration => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

const describeEndpoint = (endpoint: EndpointRecord, owner: ResourceOwner, baseUrl: string) => {
  const folder = `${baseUrl}/out/v1/${endpoint.guid}`;
  return {
    ...declarationOf(endpoint),
    Id: endpoint.id,
    Arn: arnOf(owner, 'origin_endpoints', endpoint.guid),
    ChannelId: endpoint.channelId,
    CreatedAt: endpoint.createdAt,
    ...(endpoint.description === undefined ? {} : { Description: endpoint.description }),
    Tags: { ...endpoint.tags },
    ...urlsOf(endpoint, folder),
  };
};

const manifestSuffixes = { HLS: '.m3u8', DASH: '.mpd', MSS: '.ism/Manifest' } as const;

/** A URL of the endpoint, or of each of its manifests where it may have several. */
const urlsOf = (endpoint: EndpointRecord, folder: string) => {
  const format = formatOf(endpoint);
  if (format !== 'CMAF') return { Url: `${folder}/${endpoint.manifestName}${manifestSuffixes[format]}` };
  const manifests = (endpoint.cmaf?.HlsManifests ?? []).map((manifest) => ({ ...manifest, Url: `${folder}/${manifest.Id ?? ''}/${manifest.ManifestName ?? endpoint.manifestName}.m3u8` }));
  return { CmafPackage: { ...endpoint.cmaf, HlsManifests: manifests } };
};

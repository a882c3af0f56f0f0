import type { Output, OutputDestination, OutputGroup } from '@aws-sdk/client-medialive';
import type { ArchiveGroup, ArchiveLocation, ArchiveOutputPlan, PackageGroup } from './channel-plan.ts';
import type { Problems } from './problems.ts';

/** Looks up the encode of an output; adds a problem when it names a description that is not there. */
export type RenditionOf = (output: Output, path: string) => number;

/** What output groups need to be read. */
export interface GroupReader {
  readonly destinations: readonly OutputDestination[];
  readonly pipelineCount: 1 | 2;
  readonly renditionOf: RenditionOf;
  readonly problems: Problems;
}

/** A group that feeds MediaPackage. */
export const readPackageGroup = (group: OutputGroup, path: string, reader: GroupReader): PackageGroup => {
  const destination = destinationOf(reader, group.OutputGroupSettings?.MediaPackageGroupSettings?.Destination?.DestinationRefId, path);
  const channels = destination?.MediaPackageSettings ?? [];
  const mediaPackageChannelId = channels[0]?.ChannelId;
  // MediaLive finds the ingest endpoint of each pipeline itself.
  if (channels.length > 1) reader.problems.add(`${path}/outputGroupSettings`, `destination ${destination?.Id ?? ''} has ${channels.length} MediaPackage channels, expected one, whatever the channel's class`);
  if (destination !== undefined && mediaPackageChannelId === undefined) reader.problems.add(`${path}/outputGroupSettings`, `destination ${destination.Id ?? ''} names no MediaPackage channel`);
  return {
    name: group.Name ?? 'mediapackage',
    mediaPackageChannelId: mediaPackageChannelId ?? '',
    renditions: (group.Outputs ?? []).map((output, index) => reader.renditionOf(output, `${path}/outputs[${index}]`)),
  };
};

/** A group that archives to S3. */
export const readArchiveGroup = (group: OutputGroup, path: string, reader: GroupReader): ArchiveGroup => {
  const settings = group.OutputGroupSettings?.ArchiveGroupSettings;
  const destination = destinationOf(reader, settings?.Destination?.DestinationRefId, path);
  const locations = destination === undefined ? [] : readLocations(destination, `${path}/outputGroupSettings`, reader);
  const rollover = settings?.RolloverInterval ?? 300;
  if (rollover < 1) reader.problems.add(`${path}/outputGroupSettings/archiveGroupSettings/rolloverInterval`, `got ${rollover}, expected at least 1`);
  return {
    name: group.Name ?? 'archive',
    locations,
    rolloverMilliseconds: rollover * 1000,
    outputs: (group.Outputs ?? []).map((output, index) => readArchiveOutput(output, `${path}/outputs[${index}]`, reader)),
  };
};

const readLocations = (destination: OutputDestination, path: string, { pipelineCount, problems }: GroupReader): readonly ArchiveLocation[] => {
  const urls = (destination.Settings ?? []).map(({ Url = '' }) => Url);
  if (urls.length !== pipelineCount) problems.add(path, `destination ${destination.Id ?? ''} has ${urls.length} URLs, expected ${pipelineCount}: one for each pipeline`);
  if (new Set(urls).size !== urls.length) problems.add(path, `destination ${destination.Id ?? ''}: both pipelines would write ${urls[0] ?? ''}: choose two URLs`);
  return urls.map((url) => {
    const [, bucket = '', keyBase = ''] = /^s3(?:ssl)?:\/\/([a-z0-9-]+)\/(.+)$/.exec(url) ?? [];
    if (keyBase === '') problems.add(path, `destination ${JSON.stringify(url)}: expected s3ssl://<bucket without dots>/<path>`);
    return { bucket, keyBase };
  });
};

const readArchiveOutput = (output: Output, path: string, { renditionOf, problems }: GroupReader): ArchiveOutputPlan => {
  const settings = output.OutputSettings?.ArchiveOutputSettings;
  const nameModifier = settings?.NameModifier ?? '';
  const unknown = [...nameModifier.matchAll(/\$([^$]*)\$/g)].map(([, name]) => name ?? '').filter((name) => !['dt', 'd', 't'].includes(name));
  if (unknown.length > 0) problems.add(`${path}/outputSettings/archiveOutputSettings/nameModifier`, `variables ${unknown.join(', ')} are not known: allowed are dt, d, t`);
  return { rendition: renditionOf(output, path), nameModifier, extension: (settings?.Extension ?? 'm2ts').replace(/^\./, '') };
};

const destinationOf = ({ destinations, problems }: GroupReader, reference: string | undefined, path: string): OutputDestination | undefined => {
  const destination = destinations.find(({ Id }) => Id === reference);
  if (destination === undefined) problems.add(`${path}/outputGroupSettings`, `destination ${reference ?? '(none)'} is not among Destinations`);
  return destination;
};

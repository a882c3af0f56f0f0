import type { EncoderSettings, Output } from '@aws-sdk/client-medialive';
import { findUnsupported } from '../../../media/declared-properties.ts';
import type { Rendition } from '../../../media/encoder/rendition.ts';
import type { ChannelDeclaration } from '../records.ts';
import { channelProperties } from './channel-properties.ts';
import type { ArchiveGroup, ChannelPlan, PackageGroup } from './channel-plan.ts';
import { Problems, type Problem } from './problems.ts';
import { readAudio, readVideo } from './read-encodes.ts';
import { readArchiveGroup, readPackageGroup, type GroupReader, type RenditionOf } from './read-groups.ts';
import { readInputLoss } from './read-input-loss.ts';
import { readInputs } from './read-inputs.ts';

/** Reads a declaration into what the engine does, or into every reason why it cannot. */
export const readChannelPlan = (declaration: ChannelDeclaration): { readonly plan: ChannelPlan } | { readonly problems: readonly Problem[] } => {
  const problems = new Problems();
  for (const { elementPath, message } of findUnsupported(channelProperties, declaration)) problems.add(elementPath, message);
  if (declaration.RoleArn === undefined) problems.add('/roleArn', 'missing: MediaLive writes archives and finds MediaPackage with it');
  if (declaration.EncoderSettings === undefined) problems.add('/encoderSettings', 'missing');
  const plan = planOf(declaration, declaration.EncoderSettings, problems);
  return problems.found.length > 0 ? { problems: problems.found } : { plan };
};

const planOf = (declaration: ChannelDeclaration, settings: EncoderSettings | undefined, problems: Problems): ChannelPlan => {
  const renditions: Rendition[] = [];
  const packageGroups: PackageGroup[] = [];
  const archiveGroups: ArchiveGroup[] = [];
  const pipelineCount = declaration.ChannelClass === 'SINGLE_PIPELINE' ? 1 : 2;
  const reader: GroupReader = { destinations: declaration.Destinations ?? [], pipelineCount, renditionOf: sharedRenditions(renditions, settings, problems), problems };
  for (const [index, group] of (settings?.OutputGroups ?? []).entries()) {
    const path = `/encoderSettings/outputGroups[${index}]`;
    if (group.OutputGroupSettings?.MediaPackageGroupSettings !== undefined) packageGroups.push(readPackageGroup(group, path, reader));
    else if (group.OutputGroupSettings?.ArchiveGroupSettings !== undefined) archiveGroups.push(readArchiveGroup(group, path, reader));
    else problems.add(`${path}/outputGroupSettings`, 'neither MediaPackageGroupSettings nor ArchiveGroupSettings: local mode writes no other kind');
  }
  if (renditions.length === 0) problems.add('/encoderSettings/outputGroups', 'no output: a channel needs one at least');
  return {
    ...readInputs(declaration, problems), roleArn: declaration.RoleArn ?? '', pipelineCount, renditions, packageGroups, archiveGroups,
    inputLoss: readInputLoss(settings?.GlobalConfiguration?.InputLossBehavior, problems), audioDescriptions: audioNames(settings), hasThumbnails: settings?.ThumbnailConfiguration?.State === 'AUTO',
  };
};

const audioNames = (settings: EncoderSettings | undefined): readonly string[] =>
  [...new Set((settings?.OutputGroups ?? []).flatMap(({ Outputs = [] }) => Outputs.flatMap(({ AudioDescriptionNames = [] }) => AudioDescriptionNames)))];

/** Outputs with the same video and audio share one encode. */
const sharedRenditions = (renditions: Rendition[], settings: EncoderSettings | undefined, problems: Problems): RenditionOf => {
  const known = new Map<string, number>();
  return (output, path) => {
    const key = JSON.stringify([output.VideoDescriptionName, output.AudioDescriptionNames ?? []]);
    const index = known.get(key) ?? renditions.push(renditionOf(output, path, settings, problems)) - 1;
    known.set(key, index);
    return index;
  };
};

const renditionOf = (output: Output, path: string, settings: EncoderSettings | undefined, problems: Problems): Rendition => {
  const videoAt = (settings?.VideoDescriptions ?? []).findIndex(({ Name }) => Name === output.VideoDescriptionName);
  const video = settings?.VideoDescriptions?.[videoAt];
  if (video === undefined) problems.add(`${path}/videoDescriptionName`, `${output.VideoDescriptionName ?? '(none)'} is not among VideoDescriptions`);
  if ((output.AudioDescriptionNames ?? []).length > 1) problems.add(`${path}/audioDescriptionNames`, 'more than one: local mode multiplexes one sound');
  const audioName = output.AudioDescriptionNames?.[0];
  const audioAt = (settings?.AudioDescriptions ?? []).findIndex(({ Name }) => Name === audioName);
  const audio = settings?.AudioDescriptions?.[audioAt];
  if (audioName !== undefined && audio === undefined) problems.add(`${path}/audioDescriptionNames`, `${audioName} is not among AudioDescriptions`);
  return {
    name: output.OutputName ?? video?.Name ?? '',
    video: readVideo(video ?? { Name: '' }, `/encoderSettings/videoDescriptions[${videoAt}]`, video === undefined ? new Problems() : problems),
    audio: audio === undefined ? undefined : readAudio(audio, `/encoderSettings/audioDescriptions[${audioAt}]`, problems),
  };
};

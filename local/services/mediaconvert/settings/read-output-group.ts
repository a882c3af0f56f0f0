import type { Output, OutputGroup } from '@aws-sdk/client-mediaconvert';
import { badRequest } from '../faults.ts';
import { locationOf, type ObjectLocation } from './object-location.ts';

/** A film or sound in one file, a playlist with its segments, or pictures. */
export type OutputKind = 'FILE' | 'HLS' | 'FRAMES';

/** One output of a group. */
export interface OutputPlan {
  readonly kind: OutputKind;
  /** Of its file or playlist, without folder and extension; what belongs to it begins so too. */
  readonly baseName: string;
  readonly extension: string;
  readonly settings: Output;
}

/** Outputs that are written to one folder. */
export interface GroupPlan {
  readonly bucket: string;
  /** Ends in a slash, or is empty. */
  readonly folder: string;
  readonly outputs: readonly OutputPlan[];
  /** Of HLS: the multivariant playlist, and the length of segments. */
  readonly hls?: { readonly playlistName: string; readonly segmentSeconds: number };
}

interface Destination extends Pick<GroupPlan, 'bucket' | 'folder'> {
  readonly baseName: string;
}

/** A destination that ends in a slash is named by the first input. */
const destinationOf = (location: ObjectLocation, firstInput: string): Destination => {
  const inputName = firstInput.split('/').at(-1)?.replace(/\.[^.]*$/, '') ?? '';
  const key = location.key === '' || location.key.endsWith('/') ? `${location.key}${inputName}` : location.key;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return { bucket: location.bucket, folder, baseName: key.slice(folder.length) };
};

const extensions: Readonly<Record<OutputKind, string>> = { FILE: 'mp4', HLS: 'm3u8', FRAMES: 'jpg' };

const kindOf = ({ VideoDescription: video, AudioDescriptions: audio = [], ContainerSettings: container }: Output, isHls: boolean, path: string): OutputKind => {
  const isCapture = video?.CodecSettings?.Codec === 'FRAME_CAPTURE';
  if (video === undefined && audio.length === 0) throw badRequest(`${path}: neither video nor audio`);
  if (isCapture && audio.length > 0) throw badRequest(`${path}/audioDescriptions: frame capture has no audio`);
  const kind = isHls ? 'HLS' : isCapture ? 'FRAMES' : 'FILE';
  const expected = { FILE: 'MP4', HLS: 'M3U8', FRAMES: 'RAW' }[kind];
  if (isHls && isCapture) throw badRequest(`${path}/videoDescription/codecSettings/codec: frame capture belongs into a file group`);
  if ((container?.Container ?? expected) !== expected) throw badRequest(`${path}/containerSettings/container: got ${container?.Container ?? ''}, expected ${expected}`);
  return kind;
};

const readOutput = (settings: Output, path: string, baseName: string, isHls: boolean): OutputPlan => {
  const kind = kindOf(settings, isHls, path);
  const modifier = settings.NameModifier ?? '';
  if (isHls && modifier === '') throw badRequest(`${path}/nameModifier: missing; every output of an HLS group needs one`);
  return { kind, baseName: `${baseName}${modifier}`, extension: (settings.Extension ?? extensions[kind]).replace(/^\./, ''), settings };
};

/** Reads an output group. Throws 400 for what is missing or malformed. */
export const readGroup = (group: OutputGroup, path: string, firstInput: string): GroupPlan => {
  const { Type, FileGroupSettings, HlsGroupSettings: hls } = group.OutputGroupSettings ?? {};
  const isHls = Type === 'HLS_GROUP_SETTINGS';
  const where = `${path}/outputGroupSettings/${isHls ? 'hlsGroupSettings' : 'fileGroupSettings'}`;
  const { baseName, ...place } = destinationOf(locationOf((isHls ? hls : FileGroupSettings)?.Destination, `${where}/destination`), firstInput);
  if (isHls && (hls?.SegmentLength === undefined || hls.MinSegmentLength === undefined)) throw badRequest(`${where}: segmentLength and minSegmentLength are required`);
  const outputs = (group.Outputs ?? []).map((settings, index) => readOutput(settings, `${path}/outputs[${index}]`, baseName, isHls));
  const names = outputs.map((output) => `${output.baseName}.${output.extension}`);
  if (new Set(names).size < names.length) throw badRequest(`${path}/outputs: several would be written to one file; set nameModifier: ${names.join(', ')}`);
  return { ...place, outputs, ...(isHls && { hls: { playlistName: `${baseName}.m3u8`, segmentSeconds: hls?.SegmentLength ?? 10 } }) };
};

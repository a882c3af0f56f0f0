import type { Input, InputClipping, JobSettings, Output, OutputGroup } from '@aws-sdk/client-mediaconvert';
import { outputGroupNames, recordingFileName } from '../../contract/recording-formats.ts';
import type { FileClip } from '../../domain/recordings/archive/clip-file.ts';
import type { ArchiveFile, ConversionRequest } from '../../domain/recordings/conversion-jobs.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `HH:MM:SS:FF` in whole seconds, as exact as times by name are. https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html#jobs-prop-inputclipping-starttimecode */
const timecodeOf = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, 0].map(twoDigits).join(':');
};

const clippingOf = ({ fromMilliseconds, toMilliseconds }: FileClip): InputClipping => ({
  ...(fromMilliseconds !== undefined && { StartTimecode: timecodeOf(fromMilliseconds) }),
  ...(toMilliseconds !== undefined && { EndTimecode: timecodeOf(toMilliseconds) }),
});

/** An archive file: its only video and audio, and a clock that starts at 0 with each. */
const inputOf = ({ bucket, key, clip }: ArchiveFile): Input => ({
  FileInput: `s3://${bucket}/${key}`,
  TimecodeSource: 'ZEROBASED',
  VideoSelector: {},
  AudioSelectors: { 'Audio Selector 1': { DefaultSelection: 'DEFAULT' } },
  ...(clip && { InputClippings: [clippingOf(clip)] }),
});

const withDestination = (group: OutputGroup, Destination: string): OutputGroup => {
  const settings = group.OutputGroupSettings;
  switch (settings?.Type) {
    case 'FILE_GROUP_SETTINGS':
      return { ...group, OutputGroupSettings: { ...settings, FileGroupSettings: { ...settings.FileGroupSettings, Destination } } };
    case 'HLS_GROUP_SETTINGS':
      return { ...group, OutputGroupSettings: { ...settings, HlsGroupSettings: { ...settings.HlsGroupSettings, Destination } } };
    case 'CMAF_GROUP_SETTINGS':
    case 'DASH_ISO_GROUP_SETTINGS':
    case 'MS_SMOOTH_GROUP_SETTINGS':
    case undefined:
    default:
      throw new RangeError(`the job template's output group is of type ${settings?.Type ?? 'none'}, expected FILE_ or HLS_GROUP_SETTINGS`);
  }
};

const heightOf = ({ VideoDescription: video }: Output): number => video?.Height ?? 0;

/** Without renditions above the source, which would cost more and show nothing more; the lowest is always made. */
const withoutUpscaling = (group: OutputGroup, sourceHeightPixels = Infinity): OutputGroup => {
  const outputs = group.Outputs ?? [];
  const lowest = Math.min(...outputs.map(heightOf));
  return { ...group, Outputs: outputs.filter((output) => heightOf(output) <= Math.max(sourceHeightPixels, lowest)) };
};

const groupNamed = (groups: readonly OutputGroup[], name: string): OutputGroup => {
  const group = groups.find(({ Name }) => Name === name);
  if (group === undefined) throw new RangeError(`the job template has no output group "${name}", it has ${groups.map(({ Name }) => Name ?? '?').join(', ')}: deploy the foundation stack again`);
  return group;
};

/**
 * The template's settings for these formats, with the archive's files in order, each format in a folder of its own
 * below the recording's prefix.
 */
export const jobSettings = (template: JobSettings, { source, destination, formats, sourceHeightPixels }: ConversionRequest): JobSettings => ({
  ...(template.TimecodeConfig ? { TimecodeConfig: template.TimecodeConfig } : {}),
  Inputs: source.map(inputOf),
  OutputGroups: formats.map((format) => {
    const name = outputGroupNames[format];
    const group = withoutUpscaling(groupNamed(template.OutputGroups ?? [], name), sourceHeightPixels);
    return withDestination(group, `s3://${destination.bucket}/${destination.keyPrefix}${name}/${recordingFileName}`);
  }),
});

import type { Input, JobSettings, OutputGroup } from '@aws-sdk/client-mediaconvert';
import type { ArchiveFile, ConversionRequest } from '../../domain/recordings/conversion-jobs.ts';

/** An archive file: its only video and audio, and a clock that starts at 0 with each. */
const inputOf = ({ bucket, key }: ArchiveFile): Input => ({
  FileInput: `s3://${bucket}/${key}`,
  TimecodeSource: 'ZEROBASED',
  VideoSelector: {},
  AudioSelectors: { 'Audio Selector 1': { DefaultSelection: 'DEFAULT' } },
});

const withDestination = (group: OutputGroup, destination: string): OutputGroup => {
  const settings = group.OutputGroupSettings;
  const Destination = destination;
  switch (settings?.Type) {
    case 'FILE_GROUP_SETTINGS':
      return { ...group, OutputGroupSettings: { ...settings, FileGroupSettings: { ...settings.FileGroupSettings, Destination } } };
    case 'HLS_GROUP_SETTINGS':
      return { ...group, OutputGroupSettings: { ...settings, HlsGroupSettings: { ...settings.HlsGroupSettings, Destination } } };
    case 'CMAF_GROUP_SETTINGS':
      return { ...group, OutputGroupSettings: { ...settings, CmafGroupSettings: { ...settings.CmafGroupSettings, Destination } } };
    case 'DASH_ISO_GROUP_SETTINGS':
    case 'MS_SMOOTH_GROUP_SETTINGS':
    case undefined:
    default:
      throw new RangeError(`the job template's output group is of type ${settings?.Type ?? 'none'}, expected FILE_, HLS_ or CMAF_GROUP_SETTINGS`);
  }
};

/** The template's settings with the archive's files in order, written under the recording's own prefix. */
export const jobSettings = (template: JobSettings, { source, destination, breakoutId }: ConversionRequest): JobSettings => ({
  ...(template.TimecodeConfig ? { TimecodeConfig: template.TimecodeConfig } : {}),
  Inputs: source.map(inputOf),
  OutputGroups: (template.OutputGroups ?? []).map((group) =>
    withDestination(group, `s3://${destination.bucket}/${destination.keyPrefix}${breakoutId}`),
  ),
});

import { outputGroupNames } from '../../../lambda/contract/recording-formats.ts';
import { ladderOf } from '../../config/custom-ladder.ts';
import type { Ladder, Rung } from '../../config/ladders.ts';
import type { RecordingsConfiguration } from '../../config/recordings.ts';

const gopSeconds = 2;

/** Single-pass AVC without acceleration is MediaConvert's Basic tier; anything finer is Professional. Quality decides below the ceiling. */
const avc = (maximumBitsPerSecond: number) => ({
  CodecSettings: {
    Codec: 'H_264',
    H264Settings: {
      RateControlMode: 'QVBR',
      MaxBitrate: maximumBitsPerSecond,
      QvbrSettings: { QvbrQualityLevel: 8 },
      QualityTuningLevel: 'SINGLE_PASS',
      FramerateControl: 'INITIALIZE_FROM_SOURCE',
      GopSize: gopSeconds,
      GopSizeUnits: 'SECONDS',
    },
  },
});

const aac = (bitsPerSecond: number) => ({
  AudioSourceName: 'Audio Selector 1',
  CodecSettings: { Codec: 'AAC', AacSettings: { Bitrate: bitsPerSecond, CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 } },
});

const hlsOutput = ({ name, widthPixels, heightPixels, videoBitsPerSecond, audioBitsPerSecond }: Rung) => ({
  NameModifier: `_${name}`,
  ContainerSettings: { Container: 'M3U8' },
  VideoDescription: { Width: widthPixels, Height: heightPixels, ...avc(videoBitsPerSecond) },
  AudioDescriptions: [aac(audioBitsPerSecond)],
});

const hlsGroup = ({ rungs }: Ladder, segmentSeconds: number) => ({
  Name: outputGroupNames.HLS,
  OutputGroupSettings: {
    Type: 'HLS_GROUP_SETTINGS',
    HlsGroupSettings: { SegmentLength: segmentSeconds, MinSegmentLength: 0, SegmentControl: 'SEGMENTED_FILES', ManifestDurationFormat: 'FLOATING_POINT' },
  },
  Outputs: rungs.map(hlsOutput),
});

const fileGroup = (name: string, output: object) => ({
  Name: name,
  OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: {} },
  Outputs: [output],
});

const mp4Group = ({ rungs: [best] }: Ladder) =>
  fileGroup(outputGroupNames.MP4, {
    NameModifier: '-recording',
    ContainerSettings: { Container: 'MP4', Mp4Settings: { MoovPlacement: 'PROGRESSIVE_DOWNLOAD' } },
    // Of the archive's own size.
    VideoDescription: avc(best.videoBitsPerSecond),
    AudioDescriptions: [aac(best.audioBitsPerSecond)],
  });

const audioGroup = ({ rungs: [best] }: Ladder) =>
  fileGroup(outputGroupNames.AUDIO, {
    NameModifier: '-audio',
    Extension: 'm4a',
    ContainerSettings: { Container: 'MP4', Mp4Settings: { MoovPlacement: 'PROGRESSIVE_DOWNLOAD' } },
    AudioDescriptions: [aac(best.audioBitsPerSecond)],
  });

/** Pictures of a job are numbered from 0000000: at most so many. */
const mostThumbnails = 10_000_000;

const thumbnailGroup = (everySeconds: number) =>
  fileGroup(outputGroupNames.THUMBNAILS, {
    NameModifier: '-thumbnail',
    ContainerSettings: { Container: 'RAW' },
    VideoDescription: {
      CodecSettings: {
        Codec: 'FRAME_CAPTURE',
        FrameCaptureSettings: { FramerateNumerator: 1, FramerateDenominator: everySeconds, MaxCaptures: mostThumbnails, Quality: 80 },
      },
    },
  });

/** What jobs can make of an archive, one output group a format, of which a job takes those that it needs. The job gives inputs and destinations. */
export const recordingJobSettings = ({ ladder, segmentSeconds, thumbnailSeconds }: RecordingsConfiguration) => {
  const renditions = ladderOf(ladder);
  return {
    TimecodeConfig: { Source: 'ZEROBASED' },
    OutputGroups: [hlsGroup(renditions, segmentSeconds), mp4Group(renditions), audioGroup(renditions), thumbnailGroup(thumbnailSeconds)],
  } as const;
};

/** Bitrate ceiling of the MP4: the best rung of the house ladder. Quality decides below it. */
const maximumBitsPerSecond = 5_000_000;

/**
 * What a job makes of an archive: one MP4 of the archive's own size and rate. Single-pass AVC without acceleration is
 * MediaConvert's Basic tier; anything finer is Professional. The job gives inputs and destination.
 */
export const mp4JobSettings = {
  TimecodeConfig: { Source: 'ZEROBASED' },
  OutputGroups: [
    {
      Name: 'mp4',
      OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: {} },
      Outputs: [
        {
          NameModifier: '-recording',
          ContainerSettings: { Container: 'MP4', Mp4Settings: { MoovPlacement: 'PROGRESSIVE_DOWNLOAD' } },
          VideoDescription: {
            CodecSettings: {
              Codec: 'H_264',
              H264Settings: {
                RateControlMode: 'QVBR',
                MaxBitrate: maximumBitsPerSecond,
                QvbrSettings: { QvbrQualityLevel: 8 },
                QualityTuningLevel: 'SINGLE_PASS',
                FramerateControl: 'INITIALIZE_FROM_SOURCE',
                GopSize: 2,
                GopSizeUnits: 'SECONDS',
              },
            },
          },
          AudioDescriptions: [
            {
              AudioSourceName: 'Audio Selector 1',
              CodecSettings: { Codec: 'AAC', AacSettings: { Bitrate: 192_000, CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 } },
            },
          ],
        },
      ],
    },
  ],
} as const;

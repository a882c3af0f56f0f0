import type { Job, Output, OutputDetail, VideoDescription } from '@aws-sdk/client-mediaconvert';
import type { ConversionOutputClass } from '../../domain/pricing/conversion-rates.ts';
import type { RecordingOutput } from '../../domain/recordings/recording.ts';

interface FrameRate {
  readonly FramerateControl?: string | undefined;
  readonly FramerateNumerator?: number | undefined;
  readonly FramerateDenominator?: number | undefined;
}

const framesPerSecond = (rate: FrameRate | undefined, source: number | undefined): number | undefined => {
  if (rate?.FramerateControl !== 'SPECIFIED') return source;
  const { FramerateNumerator: numerator, FramerateDenominator: denominator } = rate;
  return numerator === undefined ? undefined : numerator / (denominator ?? 1);
};

interface CodecFacts {
  readonly rate?: FrameRate | undefined;
  /** The service's default when the job does not say. */
  readonly quality?: string | undefined;
}

const codecFacts = (video: VideoDescription): CodecFacts => {
  const settings = video.CodecSettings;
  if (settings?.Codec === 'H_264') return { rate: settings.H264Settings, quality: settings.H264Settings?.QualityTuningLevel ?? 'SINGLE_PASS' };
  if (settings?.Codec === 'H_265') return { rate: settings.H265Settings, quality: settings.H265Settings?.QualityTuningLevel ?? 'SINGLE_PASS' };
  return {};
};

const isAccelerated = ({ AccelerationStatus, AccelerationSettings }: Job): boolean =>
  AccelerationStatus === 'ACCELERATED' || AccelerationStatus === 'IN_PROGRESS' || AccelerationSettings?.Mode === 'ENABLED';

const classOf = (job: Job, output: Output | undefined, detail: OutputDetail, sourceFramesPerSecond: number | undefined): ConversionOutputClass => {
  const video = output?.VideoDescription;
  const { rate, quality } = video ? codecFacts(video) : {};
  const codec = video?.CodecSettings?.Codec;
  const frames = framesPerSecond(rate, sourceFramesPerSecond);
  const { WidthInPx: width, HeightInPx: height } = detail.VideoDetails ?? {};
  return {
    isAccelerated: isAccelerated(job),
    ...(codec === undefined ? {} : { videoCodec: codec }),
    ...(width === undefined ? {} : { widthPixels: width }),
    ...(height === undefined ? {} : { heightPixels: height }),
    ...(frames === undefined ? {} : { framesPerSecond: frames }),
    ...(quality === undefined ? {} : { qualityTuning: quality }),
  };
};

/** A duration that can be: a job that ends well without one of an output leaves it unknown, which is not 0. */
const durationOf = ({ DurationInMs: milliseconds }: OutputDetail): Pick<RecordingOutput, 'durationMilliseconds'> =>
  milliseconds !== undefined && Number.isFinite(milliseconds) && milliseconds >= 0 ? { durationMilliseconds: milliseconds } : {};

/** Every output of a job with its duration and class: durations from the result, classes from the settings in the same order. */
export const outputsOf = (job: Job, sourceFramesPerSecond: number | undefined): readonly RecordingOutput[] =>
  (job.OutputGroupDetails ?? []).flatMap(({ OutputDetails = [] }, groupIndex) => {
    const group = job.Settings?.OutputGroups?.[groupIndex];
    return OutputDetails.map((detail, index) => ({
      name: `${group?.Name ?? `group-${groupIndex}`}-${index}`,
      ...durationOf(detail),
      outputClass: classOf(job, group?.Outputs?.[index], detail, sourceFramesPerSecond),
    }));
  });

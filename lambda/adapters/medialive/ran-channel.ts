import type { DescribeChannelCommandOutput, Output, VideoDescription } from '@aws-sdk/client-medialive';
import * as z from 'zod';
import type { RanChannel, RanInput, RanOutput } from '../../domain/breakouts/channel-run.ts';

const inputClassSchema = z.object({
  Codec: z.enum(['MPEG2', 'AVC', 'HEVC']),
  Resolution: z.enum(['SD', 'HD', 'UHD']),
  MaximumBitrate: z.enum(['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS']),
});

const encodingSchema = z.object({
  Bitrate: z.number().optional(),
  MaxBitrate: z.number().optional(),
  FramerateNumerator: z.number(),
  FramerateDenominator: z.number().positive(),
});

const videoSchema = z.object({
  Width: z.number(),
  Height: z.number(),
  CodecSettings: z.union([
    z.object({ H264Settings: encodingSchema }).transform(({ H264Settings }) => ({ codec: 'AVC' as const, settings: H264Settings })),
    z.object({ H265Settings: encodingSchema }).transform(({ H265Settings }) => ({ codec: 'HEVC' as const, settings: H265Settings })),
  ]),
});

type Encoding = Omit<RanOutput, 'outputGroup' | 'name'>;

const encodingOf = (channelId: string, description: VideoDescription): Encoding => {
  const parsed = videoSchema.safeParse(description);
  if (!parsed.success) {
    throw new Error(
      `video description ${description.Name ?? '?'} of channel ${channelId} cannot be classed for the bill, expected H.264 or H.265 with a set size, bit rate and frame rate: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { Width, Height, CodecSettings } = parsed.data;
  const { Bitrate, MaxBitrate, FramerateNumerator, FramerateDenominator } = CodecSettings.settings;
  const bitsPerSecond = Bitrate ?? MaxBitrate;
  if (bitsPerSecond === undefined) throw new Error(`video description ${description.Name ?? '?'} of channel ${channelId} has neither Bitrate nor MaxBitrate: set one`);
  return {
    codec: CodecSettings.codec,
    widthPixels: Width,
    heightPixels: Height,
    bitsPerSecond,
    framesPerSecond: FramerateNumerator / FramerateDenominator,
  };
};

const outputOf = (channelId: string, outputGroup: string, output: Output, encodings: ReadonlyMap<string, Encoding>): RanOutput => {
  const encoding = encodings.get(output.VideoDescriptionName ?? '');
  if (encoding !== undefined) return { outputGroup, name: output.OutputName ?? output.VideoDescriptionName ?? '', ...encoding };
  throw new Error(`output ${output.OutputName ?? '?'} in group ${outputGroup} of channel ${channelId} has no video description: outputs without video cannot be classed for the bill`);
};

/**
 * What a described channel declares: the channel's input class for every input attached, and each output of each
 * group with the class of the video description that it names.
 * @throws Error when something cannot be classed, for it could not be billed
 */
export const ranChannelOf = (channelId: string, described: DescribeChannelCommandOutput): RanChannel => {
  const { Codec, Resolution, MaximumBitrate } = inputClassSchema.parse(described.InputSpecification);
  const inputClass = { codec: Codec, resolution: Resolution, maximumBitrate: MaximumBitrate } satisfies Omit<RanInput, 'name'>;
  const { VideoDescriptions = [], OutputGroups = [] } = described.EncoderSettings ?? {};
  const encodings = new Map(VideoDescriptions.map((video) => [video.Name ?? '', encodingOf(channelId, video)]));
  return {
    channelId,
    channelArn: z.string().parse(described.Arn),
    channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']).parse(described.ChannelClass),
    inputs: (described.InputAttachments ?? []).map((input) => ({ name: input.InputAttachmentName ?? input.InputId ?? '', ...inputClass })),
    outputs: OutputGroups.flatMap(({ Name = '', Outputs = [] }) => Outputs.map((output) => outputOf(channelId, Name, output, encodings))),
  };
};

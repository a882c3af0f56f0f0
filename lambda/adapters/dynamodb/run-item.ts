import * as z from 'zod';
import type { ArmedChannel, CamRun } from '../../domain/breakouts/cam/cam-run.ts';
import type { ChannelRun, ShowRun } from '../../domain/breakouts/channel-run.ts';
import { type ItemCodec, itemCodec } from './item-codec.ts';

/** A run of either kind. */
export type StoredRun = ChannelRun | CamRun;

/** Whether a run is of a Cam pipeline. */
export const isCamRun = (run: StoredRun): run is CamRun => 'kind' in run;

/** Whether a run is of a Pro pipeline's channel. */
export const isChannelRun = (run: StoredRun): run is ChannelRun => !isCamRun(run);

const observedSchema = z.object({ at: z.string(), source: z.enum(['EVENT', 'POLL']) });

const ranChannelSchema = z.object({
  channelId: z.string(),
  channelArn: z.string(),
  channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
  inputs: z.array(
    z.object({
      name: z.string(),
      codec: z.enum(['MPEG2', 'AVC', 'HEVC']),
      resolution: z.enum(['SD', 'HD', 'UHD']),
      maximumBitrate: z.enum(['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS']),
    }),
  ),
  outputs: z.array(
    z.object({
      outputGroup: z.string(),
      name: z.string(),
      codec: z.enum(['AVC', 'HEVC']),
      widthPixels: z.number(),
      heightPixels: z.number(),
      bitsPerSecond: z.number(),
      framesPerSecond: z.number(),
    }),
  ),
});

const armedChannelSchema: z.ZodType<ArmedChannel> = z.object({
  channelArn: z.string(),
  type: z.enum(['BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD']),
  preset: z.enum(['HIGHER_BANDWIDTH_DELIVERY', 'CONSTRAINED_BANDWIDTH_DELIVERY']).exactOptional(),
  latencyMode: z.enum(['LOW', 'NORMAL']),
  containerFormat: z.enum(['TS', 'FRAGMENTED_MP4']),
});

const ofAnyKind = {
  breakoutId: z.string(),
  attempt: z.int().positive(),
  pipelineId: z.string(),
  requestedAt: z.string(),
  started: observedSchema.exactOptional(),
  ended: observedSchema.exactOptional(),
  stopRequestedAt: z.string().exactOptional(),
} satisfies Record<keyof ShowRun, z.ZodType>;

const runSchema: z.ZodType<StoredRun> = z.union([
  z.object({ ...ofAnyKind, kind: z.literal('CAM'), channel: armedChannelSchema }),
  z.object({ ...ofAnyKind, channel: ranChannelSchema }),
]);

/** A run with the number of its writes. */
export interface RunItem {
  readonly run: StoredRun;
  readonly revision: number;
}

/** Runs as items. */
export const runCodec: ItemCodec<RunItem> = itemCodec('ChannelRun', 1, z.object({ run: runSchema, revision: z.int().positive() }));

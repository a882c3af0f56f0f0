import * as z from 'zod';
import { oneOf } from './quantities.ts';

const idError = 'pl_ followed by up to 24 of a-z, 0-9 and -';
const nameError = 'a name of 1 to 64 characters';
const accountError = 'an account id (acc_…)';
const keyIdError = '1 to 16 of a-z and 0-9';
const keyError = 'an ECDSA P-384 public key in PEM, such as node scripts/rotate-viewer-keys.ts --cam makes';
const keysError = 'a list of {"id": "k1", "publicKey": "-----BEGIN PUBLIC KEY-----…"}, which node scripts/rotate-viewer-keys.ts --cam keeps';

/** A Region takes three key pairs of an AWS account. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html */
export const mostPlaybackKeys = 3;

/** Types that may have a preset. */
export const advancedTypes: readonly string[] = ['ADVANCED_SD', 'ADVANCED_HD'];

/**
 * An encoder that comes back within so many seconds goes on with its recording. The same on every stage: IVS cannot change a recording
 * configuration, and it cannot be replaced under the stacks that import it.
 */
export const recordingReconnectWindowSeconds = 60;

/** Where Amazon IVS is. https://docs.aws.amazon.com/general/latest/gr/ivs.html */
export const camRegions: readonly string[] = ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];

/** What a stage declares of one Cam pipeline: one encoder, straight into Amazon IVS. */
export const camPipelineSchema = z.strictObject({
  /** Names the pipeline for ever; its stack, its channel and its SSM parameter carry it. */
  id: z.string({ error: idError }).regex(/^pl_[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$/, { error: idError }),
  /** What people call it. */
  name: z.string({ error: nameError }).min(1, { error: nameError }).max(64, { error: nameError }),
  /**
   * BASIC passes the encoder's pictures on, up to 1.5 Mbit/s at 480p and 3.5 above; STANDARD adds smaller renditions; ADVANCED makes all anew, up to
   * SD or HD. All but BASIC take 8.5 Mbit/s.
   */
  type: oneOf('BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD').default('STANDARD'),
  /** What ADVANCED renditions may cost in bandwidth. Absent = AWS's own choice, the higher. */
  preset: oneOf('HIGHER_BANDWIDTH_DELIVERY', 'CONSTRAINED_BANDWIDTH_DELIVERY').optional(),
  latencyMode: oneOf('LOW', 'NORMAL').default('LOW'),
  /** PRIVATE needs a token for each playback; PUBLIC plays for everyone who knows the URL, which outlives each show: no curtain is ever down there. */
  playback: oneOf('PRIVATE', 'PUBLIC').default('PRIVATE'),
  /** Of viewers' segments and recordings. MediaConvert makes an MP4 of TS alone. */
  containerFormat: oneOf('TS', 'FRAGMENTED_MP4').default('TS'),
  /** The only account that may book it; absent = every account. */
  accountId: z.string({ error: accountError }).startsWith('acc_', { error: accountError }).optional(),
});

const originError = 'an origin such as "https://www.example.com"';

/** What a stage declares of its Cam pipelines, and what they share. */
export const camSchema = z.strictObject({
  pipelines: z.array(camPipelineSchema, { error: 'a list of Cam pipelines' }).min(1, { error: 'at least one Cam pipeline' }),
  /** The public halves of what playback tokens are signed with. They hold for every private channel of the AWS account in the Region. */
  playbackKeys: z
    .array(z.strictObject({ id: z.string({ error: keyIdError }).regex(/^[a-z0-9]{1,16}$/, { error: keyIdError }), publicKey: z.string({ error: keyError }).startsWith('-----BEGIN PUBLIC KEY-----', { error: keyError }) }, { error: keysError }), { error: keysError })
    .max(mostPlaybackKeys, { error: `at most ${mostPlaybackKeys} keys` })
    .default([]),
  /**
   * The web pages on which browsers may play: they alone are bound by it, other players are not
   * (https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html). Empty = anywhere.
   */
  webOrigins: z.array(z.string({ error: originError }).regex(/^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/, { error: originError })).max(5, { error: 'at most 5 origins' }).default([]),
});

export type CamPipelineConfiguration = z.output<typeof camPipelineSchema>;
export type CamConfiguration = z.output<typeof camSchema>;

import * as z from 'zod';

/** What an input declares, which is what MediaLive bills: its InputSpecification. */
export const inputClassSchema = z.object({
  codec: z.enum(['MPEG2', 'AVC', 'HEVC']),
  resolution: z.enum(['SD', 'HD', 'UHD']),
  maximumBitrate: z.enum(['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS']),
});

/** What an output encodes: height and rates decide its class on the bill. */
export const outputClassSchema = z.object({
  name: z.string().min(1),
  codec: z.enum(['AVC', 'HEVC']),
  widthPixels: z.int().positive(),
  heightPixels: z.int().positive(),
  bitsPerSecond: z.int().positive(),
  framesPerSecond: z.number().positive(),
});

/** A packaged format that viewers can be given. */
const playbackEndpointSchema = z.object({
  format: z.enum(['HLS', 'DASH', 'MSS', 'CMAF']),
  endpointId: z.string().min(1),
  /** The manifest's URL at the packager: `https://<host>/out/v1/<guid>/index.m3u8`. Absent for CMAF, whose URL CloudFormation cannot tell: it is asked of the packager. */
  originUrl: z.string().min(1).optional(),
  segmentSeconds: z.int().positive(),
  windowSeconds: z.int().positive(),
  /** How far back viewers may start; 0 = they join live. */
  startOverSeconds: z.int().nonnegative(),
  isEncrypted: z.boolean(),
});

/** When a channel goes over to its other input, and back. */
const inputFailoverSchema = z.object({
  preference: z.enum(['PRIMARY_INPUT_PREFERRED', 'EQUAL_INPUT_PREFERENCE']),
  errorClearMilliseconds: z.int().positive(),
  inputLossMilliseconds: z.int().positive(),
});

const registered = {
  schemaVersion: z.literal(2),
  pipelineId: z.string().regex(/^pl_[a-z0-9-]+$/),
  name: z.string().min(1),
  region: z.string().min(1),
  /** The account that the pipeline is reserved for; absent = every account may book it. */
  accountId: z.string().optional(),
};

/** What the stack of a Pro pipeline registers. */
export const proPipelineRegistrationSchema = z.object({
  ...registered,
  kind: z.literal('PRO'),
  channel: z.object({
    id: z.string().min(1),
    arn: z.string().min(1),
    class: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
    /** In order of preference. `name` is the attachment's, by which a schedule switches to it. */
    inputs: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), type: z.enum(['RTMP_PUSH', 'RTP_PUSH']) })).min(1).max(2),
    /** Absent = the channel has one input, or is switched by hand alone. */
    failover: inputFailoverSchema.optional(),
    /** Who may push, from where; absent = the inputs are in a VPC, whose security groups decide. */
    inputSecurityGroup: z.object({ id: z.string().min(1), allowedSources: z.array(z.string().min(1)).min(1) }).optional(),
    inputClass: inputClassSchema,
    outputs: z.array(outputClassSchema).min(1),
  }),
  packaging: z.object({ channelId: z.string().min(1), endpoints: z.array(playbackEndpointSchema).min(1) }),
  delivery: z.object({
    distributionId: z.string().min(1),
    /** Where viewers reach the distribution, without a trailing slash: `https://d111.cloudfront.net`. */
    baseUrl: z.url(),
  }),
  archive: z.object({
    bucket: z.string().min(1),
    /** Where the channel writes: every object of a run begins with it; names carry the run's start time after it. */
    keyPrefix: z.string().min(1),
    /** A new file begins after so many seconds. */
    rolloverSeconds: z.int().positive().default(300),
  }),
});

/** What the stack of a Cam pipeline registers. Its stream key is made at run time, and is never here. */
const camPipelineRegistrationSchema = z.object({
  ...registered,
  kind: z.literal('CAM'),
  channel: z.object({
    arn: z.string().min(1),
    type: z.enum(['BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD']),
    /** Of ADVANCED types; absent = AWS's own choice. */
    preset: z.enum(['HIGHER_BANDWIDTH_DELIVERY', 'CONSTRAINED_BANDWIDTH_DELIVERY']).optional(),
    latencyMode: z.enum(['LOW', 'NORMAL']),
    containerFormat: z.enum(['TS', 'FRAGMENTED_MP4']),
    /** Whether every playback needs a token. */
    isPrivate: z.boolean(),
    /** The host that encoders connect to. */
    ingestEndpoint: z.string().min(1),
    /** The multivariant playlist's URL, without a token. */
    playbackUrl: z.string().min(1),
  }),
  recording: z.object({
    bucket: z.string().min(1),
    configurationArn: z.string().min(1),
    /** An encoder that comes back within so many seconds goes on with its recording. */
    reconnectWindowSeconds: z.int().nonnegative(),
  }),
});

/**
 * What a pipeline stack writes to the SSM parameter `/<stage>/pipelines/<pipelineId>`, and all that the rest of the
 * platform knows of a pipeline. Stacks export nothing, so that a pipeline is added, replaced and removed alone.
 */
export const pipelineRegistrationSchema = z.discriminatedUnion('kind', [proPipelineRegistrationSchema, camPipelineRegistrationSchema]);

export type CamPipelineRegistration = z.infer<typeof camPipelineRegistrationSchema>;
export type ProPipelineRegistration = z.infer<typeof proPipelineRegistrationSchema>;
export type PipelineRegistration = z.infer<typeof pipelineRegistrationSchema>;

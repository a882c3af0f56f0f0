import * as z from 'zod';

/** Content protection systems by the UUIDs under which DASH-IF lists them. https://dashif.org/identifiers/content_protection/ */
const drmSystems = {
  fairPlay: '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
  widevine: 'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed',
  playReady: '9a04f079-9840-4286-ab92-e65be0885f95',
} as const;

const rotation = { error: '0 (one key for ever) or 10 to 604800 seconds' };

const keyRotationSeconds = z
  .int(rotation)
  .refine((seconds) => seconds === 0 || (seconds >= 10 && seconds <= 604_800), rotation)
  .default(60);

const systemId = z.uuid({ error: 'the UUID of a content protection system' }).toLowerCase();

/** A list of systems, from which a format's players choose. */
const systemIds = (allowed: readonly string[]) => {
  const error = `1 to ${allowed.length} of ${allowed.map((id) => `"${id}"`).join(', ')}`;
  return z.array(systemId, { error }).min(1, { error }).max(allowed.length, { error }).refine((ids) => ids.every((id) => allowed.includes(id)) && new Set(ids).size === ids.length, { error });
};

const initializationVector = z.string({ error: '32 hexadecimal digits' }).regex(/^[0-9a-fA-F]{32}$/, { error: '32 hexadecimal digits' }).optional();

const hlsKeys = {
  keyRotationSeconds,
  /** Whether every segment's entry repeats its key: more requests to the key server, for players that join in the middle of a list. */
  repeatKey: z.boolean({ error: 'true or false' }).default(false),
  /** The same start for every segment; absent = each segment's number. */
  initializationVector,
};

const hlsEncryptionSchema = z.discriminatedUnion(
  'method',
  [
    /** Whole segments; any HLS player. What the system id means is between you and your key server. */
    z.strictObject({ method: z.literal('AES_128'), systemId: systemId.default('81376844-f976-481e-a84e-cc25d39b0b33'), ...hlsKeys }),
    /** FairPlay. */
    z.strictObject({ method: z.literal('SAMPLE_AES'), systemId: z.literal(drmSystems.fairPlay, { error: `"${drmSystems.fairPlay}" (FairPlay)` }).default(drmSystems.fairPlay), ...hlsKeys }),
  ],
  { error: 'method "AES_128" or "SAMPLE_AES"' },
);

const cmafEncryptionSchema = z.discriminatedUnion(
  'method',
  [
    /** `cbcs`, which FairPlay takes and new players of the others. */
    z.strictObject({ method: z.literal('SAMPLE_AES'), systemIds: systemIds(Object.values(drmSystems)), keyRotationSeconds, initializationVector }),
    /** `cenc`, for older players of Widevine and PlayReady. */
    z.strictObject({ method: z.literal('AES_CTR'), systemIds: systemIds([drmSystems.widevine, drmSystems.playReady]), keyRotationSeconds, initializationVector }),
  ],
  { error: 'method "SAMPLE_AES" or "AES_CTR"' },
);

/** How a pipeline's packager encrypts what viewers get, with keys from a SPEKE (version 1) key server. Every format of the pipeline has its entry. */
export const encryptionSchema = z.strictObject({
  /** Where the packager asks for keys: the URL of an API Gateway in the stage's Region. */
  keyServerUrl: z.url({ protocol: /^https?$/, error: 'a URL such as "https://abc123.execute-api.eu-west-1.amazonaws.com/live/copyProtection"' }),
  /** Names the content to the key server, which sees it with the format appended (`…-hls`): MediaPackage wants an id of its own for each endpoint. */
  resourceId: z.string({ error: '1 to 64 letters, digits, "-" and "_"' }).regex(/^[0-9A-Za-z_-]{1,64}$/, { error: '1 to 64 letters, digits, "-" and "_"' }),
  /** The role by which the packager calls the key server; absent = the stack makes one that may call exactly `keyServerUrl`. */
  roleArn: z.string({ error: 'the ARN of an IAM role' }).regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, { error: 'the ARN of an IAM role' }).optional(),
  /** A certificate of ACM with which the key server encrypts keys on their way. */
  certificateArn: z.string({ error: 'the ARN of an ACM certificate' }).regex(/^arn:aws[a-z-]*:acm:/, { error: 'the ARN of an ACM certificate' }).optional(),
  HLS: hlsEncryptionSchema.optional(),
  DASH: z.strictObject({ systemIds: systemIds([drmSystems.widevine, drmSystems.playReady]), keyRotationSeconds }).optional(),
  MSS: z.strictObject({ systemId: z.literal(drmSystems.playReady, { error: `"${drmSystems.playReady}" (PlayReady)` }).default(drmSystems.playReady) }).optional(),
  CMAF: cmafEncryptionSchema.optional(),
});

/** How a pipeline is encrypted, with every default filled in. */
export type EncryptionConfiguration = z.output<typeof encryptionSchema>;

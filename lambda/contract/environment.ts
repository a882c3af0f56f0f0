import * as z from 'zod';
import { camPlaybackVariable } from './cam-playback.ts';
import { cookieSettingsVariable } from './viewer-cookies.ts';
import { recordingFormats } from './recording-formats.ts';
import { curtainSchema } from './viewer-token.ts';

const nonEmpty = z.string().min(1);
const wholeNumber = z.coerce.number().int().nonnegative();
const wholeSeconds = wholeNumber;

/**
 * The environment variables of every function, in groups. The stacks set a group with its permissions, a handler
 * reads the groups that it declares, and both take names and shapes from here.
 */
export const environmentGroups = {
  /** The one table of accounts, events, breakouts and usage. */
  table: z.object({ TABLE_NAME: nonEmpty }),
  /** Where pipeline stacks register: one SSM parameter `<path><pipelineId>` each. Ends in a slash. */
  pipelines: z.object({ PIPELINE_PARAMETER_PATH: z.string().regex(/^\/.+\/$/) }),
  /** The state machine that runs a show, and how often and how long its tasks look. */
  show: z.object({ SHOW_STATE_MACHINE_ARN: nonEmpty }),
  /** Bounds of a show's waits. */
  showTiming: z.object({ CHANNEL_START_TIMEOUT_SECONDS: wholeSeconds, CHANNEL_STOP_TIMEOUT_SECONDS: wholeSeconds }),
  /** The one-time schedules that stop a show when nothing else does. */
  hardStop: z.object({ HARD_STOP_SCHEDULE_GROUP: nonEmpty, HARD_STOP_FUNCTION_ARN: nonEmpty, HARD_STOP_ROLE_ARN: nonEmpty }),
  /** The topic on which running shows' troubles are announced. */
  announcements: z.object({ ANNOUNCEMENTS_TOPIC_ARN: nonEmpty }),
  /** When a show that nobody feeds is stopped, and how late the figures may come that tell so. */
  guards: z.object({ NO_INPUT_STOP_SECONDS: wholeSeconds, METRIC_DELAY_SECONDS: wholeSeconds }),
  /** Stream names: secrets `<prefix><breakoutId>`. Ends in a slash. */
  streamNames: z.object({ STREAM_NAME_SECRET_PREFIX: z.string().regex(/.+\/$/) }),
  /** The secret that signs viewer tokens; see viewer-token.ts for its shape. */
  viewerSigning: z.object({ VIEWER_SIGNING_SECRET_ARN: nonEmpty }),
  /** How the curtain is of a show that is booked without a word of it. */
  curtain: z.object({ CURTAIN_UNLESS_TOLD: curtainSchema }),
  /** How long viewers have access, on how many devices; the secret that names them in sessions; see viewer-cookies.ts for cookies. */
  viewerAccess: z.object({
    VIEWER_NAME_SECRET_ARN: nonEmpty,
    VIEWER_TOKEN_SECONDS: wholeSeconds,
    PREVIEW_TOKEN_SECONDS: wholeSeconds,
    DEVICES_PER_VIEWER: z.coerce.number().int().positive(),
    VIEWER_COOKIES: cookieSettingsVariable,
  }),
  /** How playback tokens of Cam pipelines are signed; see cam-playback.ts. */
  camPlayback: z.object({ CAM_PLAYBACK: camPlaybackVariable }),
  /** The secret from which the key is derived that seals answers with secrets which are kept for who asks again. */
  answerSeal: z.object({ ANSWER_SEAL_SECRET_ARN: nonEmpty }),
  /** CloudFront's key value store, which the edge function reads. */
  edgeStore: z.object({ EDGE_STORE_ARN: nonEmpty }),
  /** Conversion of archives. */
  conversion: z.object({
    CONVERSION_JOB_TEMPLATE: nonEmpty,
    CONVERSION_QUEUE_ARN: nonEmpty,
    CONVERSION_ROLE_ARN: nonEmpty,
    CONVERSION_TIMEOUT_SECONDS: wholeSeconds,
    /** What is made of a show that asks for nothing else: comma-separated. */
    CONVERSION_FORMATS: z.string().transform((text) => z.array(z.enum(recordingFormats)).parse(text.split(','))),
  }),
  archive: z.object({ ARCHIVE_BUCKET: nonEmpty }),
  /** At what age archive files go once they were converted; 0 = never. */
  archiveLife: z.object({ ARCHIVE_DAYS: wholeNumber }),
  recordings: z.object({ RECORDINGS_BUCKET: nonEmpty }),
  /** Where recordings are watched, without a trailing slash, and how long their URLs are valid. */
  recordingAccess: z.object({ RECORDINGS_BASE_URL: z.url(), RECORDING_TOKEN_SECONDS: wholeSeconds }),
  /** After how many days recordings go over to storage for what is seldom read; 0 = never. */
  recordingsLife: z.object({ RECORDINGS_COLD_DAYS: wholeNumber }),
  /** The distribution of recordings. */
  recordingsDelivery: z.object({ RECORDINGS_DISTRIBUTION_ID: nonEmpty }),
  /** Where a stage's own metrics are, which alarms go by. */
  metrics: z.object({ METRIC_NAMESPACE: nonEmpty }),
  /** Where a stage's metrics of usage are published. */
  usageMetrics: z.object({ USAGE_METRIC_NAMESPACE: nonEmpty, USAGE_METRIC_REGION: nonEmpty }),
  accessLogs: z.object({ ACCESS_LOGS_BUCKET: nonEmpty }),
  /** How long after a show's stop its sources count as settled. */
  settle: z.object({ USAGE_SETTLE_SECONDS: wholeSeconds }),
  /** The Region whose prices apply (`us-east-1`), and the one where the Price List is asked. */
  pricing: z.object({ PRICED_REGION: nonEmpty, PRICE_LIST_REGION: nonEmpty }),
  /** Who issues access tokens, for which clients, and which machine clients are the platform's operator (both comma-separated). */
  issuer: z.object({ TOKEN_ISSUER: z.url(), TOKEN_CLIENT_IDS: nonEmpty, OPERATOR_CLIENT_IDS: nonEmpty }),
} as const;

/** A group's name. */
export type EnvironmentGroupName = keyof typeof environmentGroups;

/** The variables of one group. */
export type EnvironmentGroup<Name extends EnvironmentGroupName> = EnvironmentValues[Name];

type EnvironmentValues = Values<typeof environmentGroups>;

type Values<Schemas> = { [Name in keyof Schemas]: z.output<Schemas[Name]> };

import * as z from 'zod';
import { answeredTimeSchema } from './fields.ts';

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a UTC month such as 2026-11');

/** Query of getBreakoutAudience and getEventAudience (all months unless told), and of getAccountAudience (the present month unless told). */
export const audienceQuerySchema = z.object({ month: monthSchema.exactOptional() });

const count = z.int().nonnegative();
const integer = z.string().regex(/^\d+$/);

/** A number of people from a sketch; one standard deviation is `standardErrorPercent`. */
const estimatedCountSchema = z.object({ value: count, label: z.literal('ESTIMATE'), standardErrorPercent: z.number() });

const familySchema = z.array(z.object({ family: z.string(), viewers: count }));

/** What every level's audience has. Null where nothing is known yet, which is not 0. */
const audienceSchema = z.object({
  /** Null = all months. */
  month: monthSchema.nullable(),
  asOf: answeredTimeSchema,
  /** The newest request in the access logs that have come: they may be 24 hours late. */
  watermark: answeredTimeSchema.nullable(),
  completeness: z
    .object({
      /** Logged over total bytes of the edge. */
      ratio: z.string().nullable(),
      loggedBytes: integer,
      totalBytes: integer,
      /** MEASURED: metrics and logs as they are now. BOOKED: as usage was last booked. */
      basis: z.enum(['MEASURED', 'BOOKED']),
    })
    .nullable(),
  /** `ofShow` is null of Cam shows: who watched them live is not known. `byAddress`: those of them who were let in by cookies, and are told apart by address and browser alone. */
  uniqueViewers: estimatedCountSchema.extend({ ofShow: count.nullable(), ofRecordings: count, byAddress: count }).nullable(),
  /** The most devices that asked for something within one minute. */
  peakConcurrentSessions: estimatedCountSchema.extend({ at: answeredTimeSchema }).nullable(),
  /** Viewers by what they watched with, and by the price geography that served them; who used several counts in each. */
  devices: familySchema,
  browsers: familySchema,
  systems: familySchema,
  geographies: familySchema,
  familiesStandardErrorPercent: z.number(),
  /** Whose viewers are in no number. CAM_SHOWS: who watches a Cam show live is in no log; events and accounts tell once its usage is booked. */
  uncounted: z.array(z.literal('CAM_SHOWS')),
});

/** ESTIMATE: a guess from request counts, nobody is counted. COUNT: what the service counted. */
const viewersSchema = z.object({ value: count, label: z.enum(['ESTIMATE', 'COUNT']), source: z.string() });

/** The answer of `getBreakoutAudience`. */
export const breakoutAudienceSchema = audienceSchema.extend({
  breakoutId: z.string(),
  /**
   * While the show is on the edge, from CloudFront's request counts up to `at`; on a Cam pipeline what IVS counted, which knows no manifests
   * and no joins; null else.
   */
  now: z.object({ at: answeredTimeSchema, manifestSeconds: z.number().nullable(), viewers: viewersSchema, joinsPerTwoMinutes: viewersSchema.nullable() }).nullable(),
  /** Log files of the show's hours that could not be counted: their traffic is in no number here. */
  logFilesSetAside: z.array(z.object({ hour: z.string(), reason: z.string() })),
});

/** The answer of `getEventAudience`. */
export const eventAudienceSchema = audienceSchema.extend({ eventId: z.string() });

/** The answer of `getAccountAudience`. */
export const accountAudienceSchema = audienceSchema.extend({ accountId: z.string() });

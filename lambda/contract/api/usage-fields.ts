import * as z from 'zod';

/** An integer of any size as a string: bytes, milliseconds, counts. */
export const integerSchema = z.string().regex(/^-?\d+$/);

/** An exact decimal as a string: `67.235`. */
export const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/);

/** Null where nothing has been measured, which is not 0. */
const integerOrNone = integerSchema.nullable();
const decimalOrNone = decimalSchema.nullable();

/** What usage is measured of. */
export const categoryNames = ['streaming', 'packaging', 'delivery', 'conversion', 'storage'] as const;

const quantity = <const Unit extends string>(unit: Unit) => z.object({ amount: decimalOrNone, unit: z.literal(unit) });

/** `usd`: what it costs at AWS's list prices. `chargeUsd`: what the customer pays by the account's price terms. */
const rated = <const Measured extends string, const Billable extends string = Measured>(measured: Measured, billable: Billable) => ({
  /** In the unit of the product, as measured. */
  measured: quantity(measured),
  /** In the unit of the product, by the provider's rules: up to whole minutes, at least ten of them, and so on. */
  billable: quantity(billable),
  usd: decimalOrNone,
  chargeUsd: decimalOrNone,
});

const streamingSchema = z.object({
  /** That channels ran, or were streamed into. */
  hours: decimalOrNone,
  runMilliseconds: integerOrNone,
  /** Of Pro pipelines. */
  billableMinutes: integerOrNone,
  /** Of Cam pipelines: what the service took in, which is what it bills. */
  inputMilliseconds: integerOrNone,
  /** Of Cam pipelines: how long viewers were delivered live video, all of them together. */
  deliveredMilliseconds: integerOrNone,
  deliveredHours: decimalOrNone,
  ...rated('hours', 'hours'),
});

const packagingSchema = z.object({ ingressBytes: integerOrNone, egressBytes: integerOrNone, gigabytes: decimalOrNone, ...rated('GB', 'GB') });

const deliverySchema = z.object({
  /** attributedBytes + unloggedBytes + unattributedBytes: what the level bears. */
  bytes: integerOrNone,
  gigabytes: decimalOrNone,
  requests: integerOrNone,
  /** By the breakout in the path of logged requests. */
  attributedBytes: integerOrNone,
  /** Of attributedBytes, what previews took: nobody's audience. */
  monitoringBytes: integerOrNone,
  /** What the distributions counted and no log tells of: of the breakout that held them. */
  unloggedBytes: integerOrNone,
  /** Of paths that name no breakout, or another one than held the distribution: the platform's overheads, 0 elsewhere. */
  unattributedBytes: integerOrNone,
  /** The distributions' own total, less what other levels bear of it: attributedBytes + unloggedBytes + unattributedBytes, exactly, at every level. */
  edgeBytes: integerOrNone,
  edgeRequests: integerOrNone,
  /** Logged over total bytes, 0 to 1; null without traffic. */
  completeness: decimalOrNone,
  ...rated('GB', 'GB'),
});

const conversionSchema = z.object({ minutes: decimalOrNone, milliseconds: integerOrNone, billableSeconds: integerOrNone, ...rated('minutes', 'minutes') });

/** Measured and billable are GB-months; `held` is what was there when it was last measured. */
const storageSchema = z.object({ bytesHeld: integerOrNone, gigabytes: decimalOrNone, gigabyteMonths: decimalOrNone, held: quantity('GB'), ...rated('GB-months', 'GB-months') });

/** A category is null where nothing of it has been measured; `states` says why. */
export const categoriesSchema = z.object({
  streaming: streamingSchema.nullable(),
  packaging: packagingSchema.nullable(),
  delivery: deliverySchema.nullable(),
  conversion: conversionSchema.nullable(),
  storage: storageSchema.nullable(),
});

const stateSchema = z.enum(['MEASURED', 'NO_DATA', 'NOT_APPLICABLE']);

/** MEASURED: 0 too. NO_DATA: there should be some, and the source has none, or it may still come. NOT_APPLICABLE: all is measured, and there is no such thing. */
export const statesSchema = z.object({ streaming: stateSchema, packaging: stateSchema, delivery: stateSchema, conversion: stateSchema, storage: stateSchema });

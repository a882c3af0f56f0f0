import * as z from 'zod';
import { camChannelTypes, camGeographies, camOutputClasses } from '../../domain/pricing/cam-rates.ts';
import { priceGeographies } from '../../domain/pricing/delivery-rates.ts';
import { globalKinds, pricedStorageClasses, regionalKinds, type RateCriteria } from '../../domain/pricing/rate-criteria.ts';

const what = z.string();
const region = z.string();
const channelClass = z.enum(['STANDARD', 'SINGLE_PIPELINE']);

/** What a line is rated by, as it is stored. */
export const rateCriteriaSchema: z.ZodType<RateCriteria> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(regionalKinds), what, region }),
  z.object({ kind: z.enum(globalKinds), what }),
  z.object({ kind: z.literal('live-input'), what, region, channelClass, codec: z.string(), resolution: z.string(), megabits: z.number() }),
  z.object({
    kind: z.literal('live-output'),
    what,
    region,
    channelClass,
    codec: z.string(),
    resolution: z.enum(['SD', 'HD', 'UHD']),
    megabits: z.union([z.number(), z.literal('MORE')]),
    framesPerSecond: z.union([z.number(), z.literal('MORE')]),
  }),
  z.object({ kind: z.literal('edge-transfer'), what, geography: z.enum(priceGeographies) }),
  z.object({ kind: z.literal('edge-requests'), what, geography: z.enum(priceGeographies), protocol: z.enum(['http', 'https']) }),
  z.object({
    kind: z.literal('conversion'),
    what,
    region,
    tier: z.enum(['B', 'P']),
    codec: z.string(),
    resolution: z.string(),
    quality: z.string(),
    framesPerSecond: z.union([z.number(), z.enum(['MORE', 'UNKNOWN'])]),
  }),
  z.object({ kind: z.literal('storage'), what, region, storageClass: z.enum(pricedStorageClasses) }),
  z.object({ kind: z.literal('cam-input'), what, region, channelType: z.enum(camChannelTypes) }),
  z.object({ kind: z.literal('cam-output'), what, region, geography: z.enum(camGeographies), outputClass: z.enum(camOutputClasses) }),
]);

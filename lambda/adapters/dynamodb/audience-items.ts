import * as z from 'zod';
import { familyKinds, type Audience, type FamilyKind, type MinuteSessions } from '../../domain/audience/audience.ts';
import { sketchFromBytes, sketchToBytes } from '../../domain/audience/sketch-bytes.ts';
import type { Sketch } from '../../domain/audience/sketch.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');
const sketches = z.record(z.string(), bytes);
const revision = z.int().positive();

const audienceCodec = itemCodec(
  'Audience',
  1,
  z.object({
    revision,
    live: bytes,
    onDemand: bytes,
    byAddress: bytes,
    families: z.record(z.enum(familyKinds), sketches),
    peak: z.object({ sessions: z.int(), at: z.int() }).optional(),
    watermark: z.int(),
  }),
);

/** A sketch for each minute of half an hour: 3 KB a minute at most. */
const minutesCodec = itemCodec('AudienceMinutes', 1, z.object({ revision, minutes: sketches }));

const addressKeyCodec = itemCodec('AudienceAddressKey', 1, z.object({ key: bytes }));

const toBytes = (family: ReadonlyMap<string, Sketch>): Record<string, Uint8Array> => Object.fromEntries([...family].map(([name, sketch]) => [name, sketchToBytes(sketch)]));

const fromBytes = (family: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, Sketch> => new Map(Object.entries(family).map(([name, kept]) => [name, sketchFromBytes(kept)]));

const familiesTo = (families: Audience['families']): Record<FamilyKind, Record<string, Uint8Array>> => ({
  device: toBytes(families.device),
  browser: toBytes(families.browser),
  system: toBytes(families.system),
  geography: toBytes(families.geography),
});

/** An audience as it is kept. */
export const encodeAudience = ({ live, onDemand, byAddress, families, peak, watermark }: Audience, moved: number): Item =>
  audienceCodec.encode({
    revision: moved,
    live: sketchToBytes(live),
    onDemand: sketchToBytes(onDemand),
    byAddress: sketchToBytes(byAddress),
    families: familiesTo(families),
    ...(peak && { peak }),
    watermark,
  });

/** A kept audience. */
export const decodeAudience = (item: Item): Audience & { readonly revision: number } => {
  const kept = audienceCodec.decode(item);
  const { device, browser, system, geography } = kept.families;
  return {
    revision: kept.revision,
    live: sketchFromBytes(kept.live),
    onDemand: sketchFromBytes(kept.onDemand),
    byAddress: sketchFromBytes(kept.byAddress),
    families: { device: fromBytes(device), browser: fromBytes(browser), system: fromBytes(system), geography: fromBytes(geography) },
    peak: kept.peak,
    watermark: kept.watermark,
  };
};

/** Sessions by minute as they are kept. */
export const encodeMinutes = (minutes: MinuteSessions, moved: number): Item =>
  minutesCodec.encode({ revision: moved, minutes: toBytes(new Map([...minutes].map(([at, sketch]) => [String(at), sketch]))) });

/** Kept sessions by minute. */
export const decodeMinutes = (item: Item): { readonly minutes: MinuteSessions; readonly revision: number } => {
  const kept = minutesCodec.decode(item);
  return { revision: kept.revision, minutes: new Map([...fromBytes(kept.minutes)].map(([at, sketch]) => [Number(at), sketch])) };
};

/** The key that addresses are hashed with. */
export const encodeAddressKey = (key: Uint8Array): Item => addressKeyCodec.encode({ key });

/** The kept key. */
export const decodeAddressKey = (item: Item): Uint8Array => addressKeyCodec.decode(item).key;

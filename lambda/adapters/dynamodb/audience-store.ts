import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import { joinAudiences, joinByKey, peakOf, higherPeak, type MinuteSessions, type Peak } from '../../domain/audience/audience.ts';
import type { AudienceLevel, AudienceStore } from '../../domain/audience/audience-store.ts';
import { decodeAddressKey, decodeAudience, decodeMinutes, encodeAddressKey, encodeAudience, encodeMinutes } from './audience-items.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { type RetryTiming, systemRetryTiming, withFullJitter } from './full-jitter.ts';
import type { Item, Table } from './table.ts';
import { ConditionFailedError } from './write-errors.ts';

/** What the store takes its chance from, and how long it tries against other writers. */
export interface AudienceStoreSource {
  /** As many random bytes as are asked for. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly timing?: RetryTiming;
}

/** Joins what is kept with something else. `revision` is that of what was read, 0 when there is nothing. */
type Rewrite<Kept> = { readonly decode: (item: Item) => Kept; readonly join: (kept: Kept | undefined) => Kept; readonly encode: (kept: Kept, revision: number) => Item };

const addressKeyBytes = 32;
const halfHourMilliseconds = 1_800_000;

/** Reads, joins, and writes where nobody has written since; else again. */
const rewrite = async <Kept extends { readonly revision?: number }>(table: Table, timing: RetryTiming, key: ItemKey, { decode, join, encode }: Rewrite<Kept>): Promise<Kept> =>
  withFullJitter(timing, (error) => error instanceof ConditionFailedError, async () => {
    const item = await table.get(key);
    const kept = item && decode(item);
    const joined = join(kept);
    const revision = kept?.revision ?? 0;
    await table.put({ ...encode(joined, revision + 1), ...key }, revision === 0 ? isAbsent : equals('revision', revision));
    return joined;
  });

const joinHalfHour = async (table: Table, timing: RetryTiming, key: ItemKey, minutes: MinuteSessions): Promise<Peak | undefined> => {
  const joined = await rewrite<{ readonly minutes: MinuteSessions; readonly revision?: number }>(table, timing, key, {
    decode: decodeMinutes,
    join: (kept) => ({ minutes: kept ? joinByKey(kept.minutes, minutes) : minutes }),
    encode: (kept, revision) => encodeMinutes(kept.minutes, revision),
  });
  return peakOf(joined.minutes);
};

const readAddressKey = async (table: Table, randomBytes: AudienceStoreSource['randomBytes']): Promise<Uint8Array> => {
  const before = await table.get(itemKey.audienceAddressKey());
  if (before) return decodeAddressKey(before);
  const made = randomBytes(addressKeyBytes);
  if (await attempted(table.put({ ...encodeAddressKey(made), ...itemKey.audienceAddressKey() }, isAbsent))) return made;
  return readAddressKey(table, randomBytes);
};

const monthsOf = async (table: Table, { kind, id }: AudienceLevel, month: string | undefined): Promise<readonly Item[]> => {
  if (month === undefined) {
    const { PK: partition, SK: prefix } = itemKey.audience(kind, id, '');
    return table.query({ partition, prefix });
  }
  const item = await table.get(itemKey.audience(kind, id, month));
  return item ? [item] : [];
};

/** Reads audiences from the one table: `dynamodb:GetItem`, `Query`. */
export const dynamoDbAudienceReader = (table: Table): Pick<AudienceStore, 'read'> => ({
  read: async (level, month) => {
    const [first, ...rest] = (await monthsOf(table, level, month)).map(decodeAudience);
    return first && rest.reduce(joinAudiences, first);
  },
});

/** Keeps audiences in the one table: beside reading, `dynamodb:PutItem`. */
export const dynamoDbAudienceStore = (table: Table, { randomBytes, timing = systemRetryTiming }: AudienceStoreSource): AudienceStore => ({
  addressKey: () => readAddressKey(table, randomBytes),
  join: async ({ kind, id }, month, seen) => {
    await rewrite(table, timing, itemKey.audience(kind, id, month), {
      decode: decodeAudience,
      join: (kept) => (kept ? { ...joinAudiences(kept, seen), revision: kept.revision } : { ...seen, revision: 0 }),
      encode: encodeAudience,
    });
  },
  joinMinutes: async ({ kind, id }, minutes) => {
    let peak: Peak | undefined;
    for (const [halfHour, inHalfHour] of Map.groupBy(minutes, ([at]) => at - (at % halfHourMilliseconds))) {
      const key = itemKey.audienceMinutes(kind, id, new Date(halfHour).toISOString().slice(0, 16));
      peak = higherPeak(peak, await joinHalfHour(table, timing, key, new Map(inHalfHour)));
    }
    return peak;
  },
  ...dynamoDbAudienceReader(table),
});

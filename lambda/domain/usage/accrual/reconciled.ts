import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import type { HeldPlace } from '../meters/storage-meter.ts';
import type { Holding } from './holding.ts';

const bytesOf = (held: readonly HeldBytes[]): bigint => held.reduce((sum, { bytes }) => sum + bytes, 0n);

const objectsOf = (held: readonly HeldBytes[]): number => held.reduce((sum, { objects }) => sum + objects, 0);

const timeOf = ({ storedAt }: HeldBytes): number => storedAt;

const isHeldAt = ({ storedAt, removedAt = Infinity }: HeldBytes, at: number): boolean => storedAt <= at && removedAt > Math.max(at, storedAt);

/** What was stored at one time: by what is kept, and by what is listed. Bytes decide: an object without any costs nothing. */
interface Stored {
  readonly storedAt: number;
  readonly ended: readonly HeldBytes[];
  readonly held: readonly HeldBytes[];
  readonly listed: readonly HeldBytes[];
}

const missingOf = ({ held, listed }: Stored): bigint => bytesOf(held) - bytesOf(listed);

/** What is listed beyond what is known. What has expired is listed until S3 comes to it, and is charged no longer. */
const found = (stored: Stored): readonly HeldBytes[] => {
  const { ended, held, listed } = stored;
  const more = -missingOf(stored);
  if (more <= 0n || (ended.length > 0 && more <= bytesOf(ended))) return [];
  if (held.length === 0 && ended.length === 0) return listed.map((group) => ({ ...group, inventoried: 'FOUND' }));
  const [largest] = listed.toSorted((one, other) => Number(other.bytes - one.bytes));
  return largest === undefined ? [] : [{ ...largest, bytes: more, objects: Math.max(1, objectsOf(listed) - objectsOf(held)), inventoried: 'FOUND' }];
};

/** Some bytes and objects of a group, which went then. What was found by an inventory stays known as such. */
const parted = (group: HeldBytes, bytes: bigint, objects: number, removedAt: number): readonly HeldBytes[] => {
  const gone: HeldBytes = { ...group, bytes, objects: Math.max(1, Math.min(objects, group.objects)), removedAt, inventoried: group.inventoried ?? 'GONE' };
  const left = group.bytes - bytes;
  return left === 0n ? [gone] : [{ ...group, bytes: left, objects: Math.max(1, group.objects - gone.objects) }, gone];
};

/** What is held with what is not listed any more gone, from the largest group on. */
const withoutMissing = (stored: Stored, removedAt: number): readonly HeldBytes[] => {
  let bytes = missingOf(stored);
  const objects = objectsOf(stored.held) - objectsOf(stored.listed);
  return stored.held
    .toSorted((one, other) => Number(other.bytes - one.bytes))
    .flatMap((group) => {
      const taken = bytes < group.bytes ? bytes : group.bytes;
      bytes -= taken;
      return taken === 0n ? [group] : parted(group, taken, objects, removedAt);
    });
};

/** Where it has become known since when files expire. */
const withExpiry = ({ held, listed }: Stored): readonly HeldBytes[] => {
  const ends = new Set(listed.map(({ removedAt }) => removedAt));
  const [removedAt] = ends;
  return ends.size !== 1 || removedAt === undefined || held.every((group) => group.removedAt === removedAt) ? held : held.map((group) => ({ ...group, removedAt }));
};

/**
 * What is held, brought to what is listed at an instant: what was not known is held from when it was stored; what is
 * listed no longer went when it was replaced, or else now. What is newer than the listing stays as it is.
 */
const reconciledPlace = (kept: readonly HeldBytes[], seen: readonly HeldBytes[], at: number): readonly HeldBytes[] => {
  const isKnown = ({ storedAt }: HeldBytes): boolean => storedAt <= at;
  const [known, listed] = [kept.filter(isKnown), seen.filter((group) => isHeldAt(group, at))];
  const [knownBy, listedBy] = [Map.groupBy(known, timeOf), Map.groupBy(listed, timeOf)];
  const times = [...new Set([...knownBy.keys(), ...listedBy.keys()])].sort((one, other) => one - other);
  const stored = times.map((storedAt): Stored => {
    const own = knownBy.get(storedAt) ?? [];
    const held = own.filter((group) => isHeldAt(group, at));
    return { storedAt, ended: own.filter((group) => !held.includes(group)), held, listed: listedBy.get(storedAt) ?? [] };
  });
  const news = stored.flatMap(found);
  const newest = Math.max(...news.map(({ storedAt }) => storedAt));
  const held = stored.flatMap((one) => [...one.ended, ...(missingOf(one) > 0n ? withoutMissing(one, newest > one.storedAt ? newest : at) : withExpiry(one))]);
  return [...held, ...news, ...kept.filter((group) => !isKnown(group))];
};

const textOf = (stored: readonly HeldBytes[]): string =>
  stored.map(({ storedAt, bytes, objects, removedAt, transition, inventoried }) => [storedAt, bytes, objects, removedAt, transition?.at, inventoried].join()).sort().join(' ');

/** From when on two accounts of a place differ; Infinity when they do not. */
const differFrom = (before: readonly HeldBytes[], after: readonly HeldBytes[]): number => {
  const known = new Set(before.map((group) => textOf([group])));
  const changed = after.filter((group) => !known.has(textOf([group])) && group.inventoried !== undefined);
  return Math.min(...changed.map(({ inventoried, storedAt, removedAt = storedAt }) => (inventoried === 'GONE' ? removedAt : storedAt)));
};

/**
 * A holding as a listing of its places tells it, the same object where nothing differs. What was booked since the
 * earliest difference has to be booked again. Places that were not listed, or are in another bucket, stay as they are.
 */
export const reconciled = (holding: Holding, listed: readonly HeldPlace[], at: number): Holding => {
  const changes = holding.places.map((held) => {
    const seen = listed.find(({ place, bucket }) => place === held.place && bucket === held.bucket);
    const stored = seen === undefined ? held.stored : reconciledPlace(held.stored, seen.stored, at);
    const isSame = textOf(stored) === textOf(held.stored);
    return isSame ? { next: held, isSame, from: Infinity } : { next: { ...held, stored }, isSame, from: differFrom(held.stored, stored) };
  });
  if (changes.every(({ isSame }) => isSame)) return holding;
  // A moment earlier, so that the month of the difference was open then.
  const bookedUntil = Math.min(holding.bookedUntil, ...changes.map(({ from }) => from - 1));
  return { ...holding, places: changes.map(({ next }) => next), bookedUntil };
};

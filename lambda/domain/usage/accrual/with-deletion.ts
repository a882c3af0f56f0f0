import type { Recording } from '../../recordings/recording.ts';
import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import type { Holding } from './holding.ts';
import { reconciled } from './reconciled.ts';

const endedBy = (held: HeldBytes, at: number): HeldBytes => ({ ...held, removedAt: Math.max(held.storedAt, Math.min(held.removedAt ?? at, at)) });

const isHeldAfter = ({ storedAt, removedAt = Infinity }: HeldBytes, at: number): boolean => removedAt > Math.max(storedAt, at);

/**
 * The holding without what was deleted since: up to then it held what the deletion listed, also what nobody had
 * told of before. What was booked after the deletion has to be booked again. The same object where nothing changes.
 */
export const withDeletion = (holding: Holding, recording: Pick<Recording, 'deleted'> | undefined): Holding => {
  const { deleted } = recording ?? {};
  if (deleted === undefined) return holding;
  const at = Date.parse(deleted.at);
  const seen = holding.places.flatMap(({ place, bucket }) => (place === 'recordings' ? [{ place, bucket, stored: deleted.stored }] : []));
  const known = reconciled(holding, seen, at);
  const isHeld = known.places.some(({ place, stored }) => place === 'recordings' && stored.some((held) => isHeldAfter(held, at)));
  if (!isHeld) return known;
  const places = known.places.map((one) => (one.place === 'recordings' ? { ...one, stored: one.stored.map((held) => endedBy(held, at)) } : one));
  return { ...known, places, bookedUntil: Math.min(known.bookedUntil, at) };
};

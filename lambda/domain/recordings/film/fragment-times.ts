import { ConflictError } from '../../shared/errors.ts';
import { boxesAt, viewOf, type Mp4Box } from './mp4-boxes.ts';

/** Ticks a second of each track, by its number. */
export type Timescales = ReadonlyMap<number, number>;

interface DecodeTime {
  readonly timescale: number;
  readonly ticks: bigint;
  readonly isLong: boolean;
  /** Where it stands. */
  readonly at: number;
}

const unreadable = (what: string): ConflictError => new ConflictError({ code: 'film-not-possible', message: `${what}: expected fragmented MP4 as ISO/IEC 14496-12 has it` });

const isLong = (bytes: Uint8Array, { contentFrom }: Mp4Box): boolean => bytes[contentFrom] === 1;

/** What an initialisation section says of its tracks. @throws ConflictError */
export const timescalesOf = (init: Uint8Array): Timescales => {
  const view = viewOf(init);
  const tracks = boxesAt(init, ['moov', 'trak']).map((track): readonly [number, number] => {
    const [header] = boxesAt(init, ['tkhd'], track);
    const [media] = boxesAt(init, ['mdia', 'mdhd'], track);
    if (header === undefined || media === undefined) throw unreadable('a track without its headers');
    return [view.getUint32(header.contentFrom + (isLong(init, header) ? 20 : 12)), view.getUint32(media.contentFrom + (isLong(init, media) ? 20 : 12))];
  });
  if (tracks.length === 0) throw unreadable('an initialisation section without tracks');
  return new Map(tracks);
};

const decodeTimesIn = (segment: Uint8Array, timescales: Timescales): readonly DecodeTime[] =>
  boxesAt(segment, ['moof', 'traf']).flatMap((track) => {
    const [header] = boxesAt(segment, ['tfhd'], track);
    const [time] = boxesAt(segment, ['tfdt'], track);
    const timescale = header && timescales.get(viewOf(segment).getUint32(header.contentFrom + 4));
    if (time === undefined || timescale === undefined) throw unreadable('a fragment of an unknown track, or without its time');
    const at = time.contentFrom + 4;
    const long = isLong(segment, time);
    return [{ timescale, at, isLong: long, ticks: long ? viewOf(segment).getBigUint64(at) : BigInt(viewOf(segment).getUint32(at)) }];
  });

/** When a segment begins on its own time line, in milliseconds. @throws ConflictError */
export const beginOf = (segment: Uint8Array, timescales: Timescales): number => {
  const times = decodeTimesIn(segment, timescales).map(({ ticks, timescale }) => (Number(ticks) * 1000) / timescale);
  if (times.length === 0) throw unreadable('a segment without fragments');
  return Math.min(...times);
};

/** The same segment on a time line that is later by so much. Media stay as they are. @throws ConflictError */
export const movedBy = (segment: Uint8Array, milliseconds: number, timescales: Timescales): Uint8Array => {
  const moved = segment.slice();
  const view = viewOf(moved);
  for (const { at, isLong: long, ticks, timescale } of decodeTimesIn(segment, timescales)) {
    const next = ticks + BigInt(Math.round((milliseconds * timescale) / 1000));
    if (next < 0n || (!long && next > 0xffff_ffffn)) throw unreadable(`a time of ${next} ticks, which its box does not hold`);
    if (long) view.setBigUint64(at, next);
    else view.setUint32(at, Number(next));
  }
  return moved;
};

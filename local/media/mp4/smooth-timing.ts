import { extendedBox, unsigned64, unsigned8 } from './box.ts';

/** When a fragment is presented, in the track's timescale. */
export interface FragmentTime {
  readonly time: number;
  readonly duration: number;
}

const boxIds = { time: '6d1d9b0542d544e680e2141daff757b2', references: 'd4807ef2ca3946958e5426cb9e46a79f' } as const;

/** The boxes that Smooth Streaming puts into a live fragment: its own time (TfxdBox), and the times of those that follow (TfrfBox) ([MS-SSTR] 2.2.4). */
export const smoothTiming = (own: FragmentTime, following: readonly FragmentTime[]): readonly Buffer[] => [
  extendedBox(boxIds.time, 1, 0, entry(own)),
  ...(following.length === 0 ? [] : [extendedBox(boxIds.references, 1, 0, unsigned8(following.length), ...following.map(entry))]),
];

const entry = ({ time, duration }: FragmentTime): Buffer => unsigned64(time, duration);

import { box, fullBox, unsigned32, unsigned64 } from './box.ts';
import { firstTrackId } from './init-segment.ts';
import type { Fragment, Sample } from './track.ts';

/** What a fragment is written with besides its samples. */
export interface FragmentOptions {
  /** Counts up over a track's fragments. */
  readonly sequenceNumber: number;
  /** Boxes that tell the fragment's time. @default its decoding time in a `tfdt` */
  readonly timing?: readonly Buffer[];
}

const sampleFlags = { keyFrame: 0x02000000, other: 0x01010000 } as const;
/** Offset of data, and of each sample duration, size, flags and composition offset. */
const runFlags = 0x000f01;
const defaultBaseIsMoof = 0x020000;
const bytesBeforeData = 8;

const segmentType = box('styp', Buffer.from('msdh'), unsigned32(0), Buffer.from('msdhcmfs'));

/** A media segment of one fragment, after a `styp`. */
export const mediaSegment = (fragment: Fragment, options: FragmentOptions): Buffer => Buffer.concat([segmentType, movieFragment(fragment, options)]);

/** A media segment of all tracks of a file, in the order of its initialisation segment. */
export const jointSegment = (fragments: readonly Fragment[], options: FragmentOptions): Buffer => Buffer.concat([segmentType, jointFragment(fragments, options)]);

/** One fragment: `moof` and `mdat`. */
export const movieFragment = (fragment: Fragment, options: FragmentOptions): Buffer => jointFragment([fragment], options);

const jointFragment = (fragments: readonly Fragment[], options: FragmentOptions): Buffer => {
  const { length } = header(fragments, options, 0);
  return Buffer.concat([header(fragments, options, length + bytesBeforeData), box('mdat', ...fragments.flatMap(({ samples }) => samples.map(({ data }) => data)))]);
};

const bytesOf = ({ samples }: Fragment): number => samples.reduce((sum, { data }) => sum + data.length, 0);

const header = (fragments: readonly Fragment[], options: FragmentOptions, dataOffset: number): Buffer =>
  box(
    'moof',
    fullBox('mfhd', 0, 0, unsigned32(options.sequenceNumber)),
    ...fragments.map((fragment, index) => trackFragment(fragment, options, firstTrackId + index, dataOffset + fragments.slice(0, index).reduce((sum, before) => sum + bytesOf(before), 0))),
  );

const trackFragment = ({ decodeTime, samples }: Fragment, { timing }: FragmentOptions, trackId: number, dataOffset: number): Buffer =>
  box(
    'traf',
    fullBox('tfhd', 0, defaultBaseIsMoof, unsigned32(trackId)),
    ...(timing === undefined ? [fullBox('tfdt', 1, 0, unsigned64(decodeTime))] : []),
    // Version 1: composition offsets have a sign, so that a fragment is presented from its decoding time on.
    fullBox('trun', 1, runFlags, unsigned32(samples.length, dataOffset), ...samples.map(runEntry)),
    ...(timing ?? []),
  );

const runEntry = ({ duration, data, isKeyFrame, compositionOffset }: Sample): Buffer =>
  unsigned32(duration, data.length, isKeyFrame ? sampleFlags.keyFrame : sampleFlags.other, compositionOffset >>> 0);

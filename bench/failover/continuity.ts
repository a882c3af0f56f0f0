import type { ProgramReading } from '../../test/support/media/relay/relay-rig.ts';

const soundMilliseconds = 1024 / 48;
/** Before this picture a stream has just begun; the last ones were cut off together with their stream. */
const edges = { first: 45, last: 4 } as const;

/** What a viewer misses of a program. */
export interface Continuity {
  /** Places of the output's timeline without a picture. */
  readonly missingPictures: number;
  /** Pictures of the source that were never shown. */
  readonly skippedPictures: number;
  /** Places that show the picture before once more. */
  readonly repeatedPictures: number;
  readonly soundGapMilliseconds: number;
}

const stepsOf = (values: readonly number[]): number[] => values.slice(1).map((value, index) => value - (values[index] ?? value));

/** Counts it, at so many pictures a second. */
export const continuityOf = ({ numbers, pictureTimes, soundTimes }: ProgramReading, framesPerSecond: number): Continuity => {
  const steps = stepsOf(numbers.slice(edges.first, -edges.last));
  return {
    missingPictures: stepsOf(pictureTimes).reduce((missing, step) => missing + Math.max(0, Math.round((step * framesPerSecond) / 1000) - 1), 0),
    skippedPictures: steps.reduce((skipped, step) => skipped + Math.max(0, step - 1), 0),
    repeatedPictures: steps.filter((step) => step <= 0).length,
    soundGapMilliseconds: Math.max(0, Math.max(...stepsOf(soundTimes)) - soundMilliseconds),
  };
};

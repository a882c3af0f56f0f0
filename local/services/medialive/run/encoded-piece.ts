import type { EncodedChunk } from '../../../media/encoder/live-encoder.ts';

/** A chunk with its place in the channel's run. */
export interface EncodedPiece extends EncodedChunk {
  /** Wall-clock time of its first frame, in milliseconds since the epoch. */
  readonly programDateTime: number;
  /** Whether it does not follow on the chunk before it. */
  readonly isDiscontinuous: boolean;
}

/** Why something failed, in a line. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import type { AudioTiming, TickRange } from '../../../media/mp4/source/chunk-timing.ts';

/** What sound goes before a chunk. */
interface SoundBefore {
  /** Of the chunk that is shown before, on the time line of the presentation; absent where a player begins anew. */
  readonly before: TickRange | undefined;
  /** Of the chunk that the same encoder made before, where another encoder's was shown in its place; on the encoder's own time line. */
  readonly earlier: AudioTiming | undefined;
}

/**
 * The sound that a chunk is shown with: from that frame on which begins nearest to where the sound before it ends, so that at most
 * half a frame is missing or shown twice. Encoders cut sound where its frames end, each on its own, and some frames before
 * the pictures or after: the first of them may be in the chunk that the same encoder made before (`isLedIn`). A range
 * begins exactly where a frame does, in 90 kHz ticks on the time line of the presentation.
 */
export const soundFrom = (sound: AudioTiming | undefined, shift: number, { before, earlier }: SoundBefore): { readonly audio?: TickRange; readonly isLedIn?: boolean } => {
  if (sound === undefined) return {};
  const whole = { from: sound.from + shift, to: sound.to + shift };
  if (before === undefined) return { audio: whole };
  const isNeeded = (start: number): boolean => start + shift >= before.to - sound.frameTicks / 2;
  const isAdjacent = earlier !== undefined && Math.abs(earlier.to - sound.from) < sound.frameTicks;
  const ledIn = isAdjacent ? earlier.starts.find(isNeeded) : undefined;
  if (ledIn !== undefined) return { audio: { from: ledIn + shift, to: whole.to }, isLedIn: true };
  return { audio: { from: (sound.starts.find(isNeeded) ?? sound.to) + shift, to: whole.to } };
};

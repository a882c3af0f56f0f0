import type { ExitReport } from '../processes/child-process.ts';

/** Why another input went on air. */
export type SwitchReason = 'FAILOVER' | 'FAIL_BACK' | 'SCHEDULE';

/** What a relay tells. Every change is told once, when it happens. */
export type RelayEvent =
  /** Pictures of the input arrive that can be decoded. */
  | { readonly kind: 'INPUT_ACQUIRED'; readonly input: string }
  /** The publisher left (`DISCONNECTED`) or sends no pictures (`STALLED`). */
  | { readonly kind: 'INPUT_LOST'; readonly input: string; readonly cause: 'DISCONNECTED' | 'STALLED' }
  | { readonly kind: 'ACTIVE_INPUT_CHANGED'; readonly input: string; readonly previous: string; readonly reason: SwitchReason }
  /** Neither input covers: repeated, black and slate pictures are encoded. */
  | { readonly kind: 'FILL_BEGAN' }
  | { readonly kind: 'FILL_ENDED'; readonly fillMilliseconds: number }
  | { readonly kind: 'BLACK_BEGAN' | 'BLACK_ENDED' | 'SILENCE_BEGAN' | 'SILENCE_ENDED'; readonly input: string }
  /** The publisher's pictures are not H.264: it was sent away. */
  | { readonly kind: 'INPUT_UNSUPPORTED'; readonly input: string; readonly reason: string }
  /** The slate's picture could not be made: black stands for it. */
  | { readonly kind: 'SLATE_UNREADABLE'; readonly reason: string }
  /** ffmpeg ended by itself; it starts anew on the same timeline. */
  | { readonly kind: 'ENCODER_CRASHED'; readonly report: ExitReport }
  /** The encoder did not keep up: so many pictures were left out. */
  | { readonly kind: 'FRAMES_DROPPED'; readonly frames: number };

/**
 * What those who are on call are told of, because customers lose by it until somebody sees to it. RECORDING_FAILED: a recording has
 * ended and is not whole. SHOW_FAILED: a show failed, or could not start. STRANGER_ON_AIR: viewers see what is not the show.
 * STREAM_UNRECORDED: what is streamed is not recorded.
 */
export type LossKind = 'RECORDING_FAILED' | 'SHOW_FAILED' | 'STRANGER_ON_AIR' | 'STREAM_UNRECORDED';

/** One loss, told by what decides it. */
export interface Loss {
  readonly kind: LossKind;
  readonly breakoutId: string;
  /** A sentence for people. */
  readonly message: string;
}

/** Tells whoever is on call. */
export interface Losses {
  /** Counts one loss. Whoever tells sees to it that a loss is told once, or as often as it is seen where its alarm asks for that. */
  tell(loss: Loss): void;
}

/** Which input is preferred, and what makes the relay leave the one on air. Thresholds are in milliseconds. */
export interface FailoverSettings {
  readonly preference: 'EQUAL_INPUT_PREFERENCE' | 'PRIMARY_INPUT_PREFERRED';
  /** How long the primary must have been without fault before a preferred one goes on air again. */
  readonly errorClearMilliseconds: number;
  /** How long nothing may come. Absent: losing the input is no reason. */
  readonly inputLossMilliseconds?: number;
  /** Every pixel below `detectThreshold` (0 to 1 of white) for that long. */
  readonly videoBlack?: { readonly detectThreshold: number; readonly milliseconds: number };
  /** No sound above -60 dBFS for that long. */
  readonly audioSilence?: { readonly milliseconds: number };
}

/** What is encoded while no input comes: the last picture, then black, then the image until one comes. */
export interface LossBehaviour {
  readonly repeatFrameMilliseconds: number;
  readonly blackFrameMilliseconds: number;
  readonly image: LossImage;
}

/** `rgb` is six hexadecimal digits; `file` anything that ffmpeg reads a picture from. */
export type LossImage = { readonly kind: 'COLOR'; readonly rgb: string } | { readonly kind: 'SLATE'; readonly file: string };

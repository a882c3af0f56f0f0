import { compositionMilliseconds } from '../flv/flv-tag.ts';
import type { ConfiguredTag } from './gop-history.ts';

/** A tag at its time on the timeline, in the order of decoding. */
export interface PlacedTag {
  readonly entry: ConfiguredTag;
  readonly at: number;
}

/**
 * Holds a picture back until all that are shown before it have come. Were it decoded before a switch of inputs, it would be
 * shown at its time, and those before it, which the other input has, could not be shown any more.
 */
export class PresentationGate {
  readonly #frameMilliseconds: number;
  #held: PlacedTag[] = [];

  constructor(frameMilliseconds: number) {
    this.#frameMilliseconds = frameMilliseconds;
  }

  /** What may be decoded now that this has come. */
  pass(placed: PlacedTag): readonly PlacedTag[] {
    this.#held.push(placed);
    if (placed.entry.tag.kind === 'audio') return [];
    const isEarly = ({ entry: { tag }, at }: PlacedTag): boolean => tag.kind === 'video' && at + compositionMilliseconds(tag) > placed.at + this.#frameMilliseconds * 1.5;
    const first = this.#held.findIndex(isEarly);
    return this.#held.splice(0, first < 0 ? this.#held.length : first);
  }

  /** What is held back: nothing more comes that is shown before it. */
  flush(): readonly PlacedTag[] {
    return this.#held.splice(0);
  }
}

import { isAudioConfiguration, isVideoConfiguration, type FlvTag } from '../flv/flv-tag.ts';

/** A muxer writes what opens a stream at time 0: this puts it at the time of the first picture or sound. */
export class OpeningTags {
  #opening: FlvTag[] | undefined = [];

  /** The tags to hand on now. */
  take(tag: FlvTag): readonly FlvTag[] {
    if (this.#opening === undefined) return [tag];
    if (tag.kind === 'script' || isVideoConfiguration(tag) || isAudioConfiguration(tag)) {
      this.#opening.push(tag);
      return [];
    }
    const opening = this.#opening.map((one) => ({ ...one, timestamp: tag.timestamp }));
    this.#opening = undefined;
    return [...opening, tag];
  }
}

import { randomLetters } from '../arns.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ViewerClaims } from './viewer-revocations.ts';

/** One playback of a stream, from its multivariant playlist on. */
export interface View extends ViewerClaims {
  readonly streamId: string;
  /** The places of the stream's renditions that may be played. */
  readonly renditions: readonly number[];
  /** The origin that every request must come from; absent where any will do. */
  readonly strictOrigin?: readonly string[];
  /** When a segment was asked for last; absent before the first. */
  segmentAt?: number;
  /** When anything was asked for last. */
  requestedAt: number;
}

/** A view counts until a minute after its last segment. https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_Stream.html */
const viewMilliseconds = 60_000;
const forgottenMilliseconds = 600_000;

/** The playbacks of all streams. Their ids are what lets a player have media playlists and segments. */
export class Views {
  readonly #clock: Clock;
  readonly #views = new Map<string, View>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(view: Omit<View, 'requestedAt' | 'segmentAt'>): string {
    const now = this.#clock.now();
    for (const [id, { requestedAt }] of this.#views) if (now - requestedAt > forgottenMilliseconds) this.#views.delete(id);
    const id = randomLetters(40);
    this.#views.set(id, { ...view, requestedAt: now });
    return id;
  }

  /** The view of a request. */
  find(id: string): View | undefined {
    const view = this.#views.get(id);
    if (view !== undefined) view.requestedAt = this.#clock.now();
    return view;
  }

  watched(view: View): void {
    view.segmentAt = this.#clock.now();
  }

  /** How many watch a channel now. */
  count(channelId: string): number {
    const since = this.#clock.now() - viewMilliseconds;
    return [...this.#views.values()].filter((view) => view.channelId === channelId && (view.segmentAt ?? -Infinity) >= since).length;
  }
}

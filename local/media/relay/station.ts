import type { ConfiguredTag } from './gop-history.ts';
import type { InputRelayOptions } from './input-relay.ts';
import { InputSource } from './input-source.ts';
import { InputWatch } from './input-watch.ts';

/** An input with what watches over it. */
export interface Station {
  readonly source: InputSource;
  readonly watch: InputWatch;
}

/** Whom a station tells. */
export interface StationListener {
  onMedia(station: Station, entry: ConfiguredTag): void;
  onGone(station: Station): void;
}

/** How much of an input is kept, besides the last group of pictures, and by how far its pictures are apart on the timeline. */
export interface StationMeasures {
  readonly startedAt: number;
  readonly keepMilliseconds: number;
  readonly frameMilliseconds: number;
}

/** Makes the station of one of a relay's inputs. */
export const createStation = (name: string, options: InputRelayOptions, measures: StationMeasures, listener: StationListener): Station => {
  const { clock, origin, failover, ffmpegPath, hasThumbnails } = options;
  const source = new InputSource({
    name, clock, origin, ...measures,
    onMedia: (entry) => listener.onMedia(station, entry),
    onGone: () => listener.onGone(station),
    onUnsupported: (reason) => options.onEvent({ kind: 'INPUT_UNSUPPORTED', input: name, reason }),
  });
  const watch = new InputWatch({
    source, clock, ffmpegPath, hasThumbnails, startedAt: measures.startedAt, ...(failover === undefined ? {} : { failover }),
    onEvent: (event) => options.onEvent(event),
  });
  const station = { source, watch };
  return station;
};

import type { MediaPlaylist, PlaylistSegment } from '../../../../media/hls/media-playlist.ts';
import type { PackagedSegment } from '../../packaging/packaged-stream.ts';
import type { EndpointView } from '../endpoint-view.ts';

/** How a media playlist names its segments. */
export interface PlaylistOptions {
  readonly windowMilliseconds?: number;
  /** 0 = no dates. */
  readonly dateIntervalMilliseconds: number;
  /** Of sound: its own length, not that of the pictures. */
  readonly isAudio?: boolean;
  readonly uriOf: (segment: PackagedSegment) => string;
  readonly mapOf?: (segment: PackagedSegment) => string;
}

/** The media playlist of some segments; `undefined` while there is none. */
export const mediaPlaylistOf = (view: EndpointView, segments: readonly PackagedSegment[], options: PlaylistOptions): MediaPlaylist | undefined => {
  const first = segments[0];
  if (first === undefined) return undefined;
  const entries = segments.map((segment, index) => entryOf(segment, segments[index - 1], options));
  return {
    mediaSequence: first.number,
    ...(first.discontinuities === 0 ? {} : { discontinuitySequence: first.discontinuities }),
    // Durations are rounded to whole seconds before they are compared (RFC 8216, section 4.3.3.1).
    targetDurationSeconds: Math.max(Math.ceil(view.settings.segmentMilliseconds / 1000), ...entries.map(({ durationMilliseconds }) => Math.round(durationMilliseconds / 1000))),
    segments: entries,
    ...(view.progress === 'live' ? {} : { type: view.progress === 'ended' ? 'VOD' : 'EVENT', hasEnded: view.progress === 'ended' }),
  };
};

const entryOf = (segment: PackagedSegment, previous: PackagedSegment | undefined, { dateIntervalMilliseconds: interval, uriOf, mapOf, isAudio }: PlaylistOptions): PlaylistSegment => {
  const isDiscontinuous = previous !== undefined && previous.discontinuities !== segment.discontinuities;
  const [time, before] = [segment.programDateTime, previous?.programDateTime];
  const isDue = interval > 0 && (before === undefined || isDiscontinuous || Math.floor(time / interval) !== Math.floor(before / interval));
  const sound = isAudio === true ? segment.audio : undefined;
  return {
    uri: uriOf(segment), isDiscontinuous,
    durationMilliseconds: sound === undefined ? segment.durationMilliseconds : (sound.to - sound.from) / 90,
    ...(isDue ? { programDateTime: time } : {}),
    ...(mapOf === undefined ? {} : { map: mapOf(segment) }),
  };
};

import { openSegmentLines, partLines, serverControlLines, type LowLatency, type PlaylistPart } from './low-latency.ts';

/** One segment of a media playlist. */
export interface PlaylistSegment {
  readonly uri: string;
  readonly durationMilliseconds: number;
  /** Wall-clock time of its first frame, in milliseconds since the epoch. */
  readonly programDateTime?: number;
  /** Whether its timestamps do not continue those of the segment before. */
  readonly isDiscontinuous?: boolean;
  /** The initialisation section that it needs. */
  readonly map?: string;
  /** What it is encrypted with: the attribute list of its EXT-X-KEY. */
  readonly key?: string;
  /** Its parts, while it is so young that players may still ask for them. */
  readonly parts?: readonly PlaylistPart[];
}

/** A media playlist (RFC 8216, section 4.3.3), as far as this platform writes and reads it. */
export interface MediaPlaylist {
  readonly mediaSequence: number;
  readonly discontinuitySequence?: number;
  readonly targetDurationSeconds: number;
  readonly segments: readonly PlaylistSegment[];
  readonly hasEnded?: boolean;
  /** Whether nothing is ever taken out of the list, or changed at all. */
  readonly type?: 'EVENT' | 'VOD';
  /** Whether a key is named before each segment, not only where it changes. */
  readonly repeatsKey?: boolean;
  /** Makes it one of Low-Latency HLS. */
  readonly lowLatency?: LowLatency;
}

/** The playlist's text. */
export const writeMediaPlaylist = (playlist: MediaPlaylist): string =>
  [
    '#EXTM3U',
    `#EXT-X-VERSION:${versionOf(playlist)}`,
    ...(playlist.type === undefined ? [] : [`#EXT-X-PLAYLIST-TYPE:${playlist.type}`]),
    `#EXT-X-TARGETDURATION:${playlist.targetDurationSeconds}`,
    ...(playlist.lowLatency === undefined ? [] : serverControlLines(playlist.lowLatency)),
    `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`,
    ...(playlist.discontinuitySequence === undefined ? [] : [`#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`]),
    ...playlist.segments.flatMap((segment, index) => segmentLines(segment, playlist.segments[index - 1], playlist.repeatsKey === true)),
    ...(playlist.lowLatency === undefined ? [] : openSegmentLines(playlist.lowLatency, playlist.segments.at(-1)?.map)),
    ...(playlist.hasEnded === true ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n');

const versionOf = ({ lowLatency, segments }: MediaPlaylist): number => {
  if (lowLatency !== undefined) return 9;
  return segments.some(({ map }) => map !== undefined) ? 6 : 3;
};

const segmentLines = (segment: PlaylistSegment, previous: PlaylistSegment | undefined, repeatsKey: boolean): string[] => [
  ...(segment.isDiscontinuous === true ? ['#EXT-X-DISCONTINUITY'] : []),
  ...keyLines(segment, previous, repeatsKey),
  ...(segment.map === undefined || (segment.map === previous?.map && segment.isDiscontinuous !== true) ? [] : [`#EXT-X-MAP:URI="${segment.map}"`]),
  ...(segment.programDateTime === undefined ? [] : [`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.programDateTime).toISOString()}`]),
  ...(segment.parts ?? []).map(partLines),
  `#EXTINF:${(segment.durationMilliseconds / 1000).toFixed(3)},`,
  segment.uri,
];

const keyLines = ({ key }: PlaylistSegment, previous: PlaylistSegment | undefined, repeatsKey: boolean): string[] => {
  if (key === undefined) return previous?.key === undefined ? [] : ['#EXT-X-KEY:METHOD=NONE'];
  return key === previous?.key && !repeatsKey ? [] : [`#EXT-X-KEY:${key}`];
};

/** Reads a playlist; tags it does not know are passed over. `undefined` when the text is none. */
export const readMediaPlaylist = (text: string): MediaPlaylist | undefined => {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines[0] !== '#EXTM3U') return undefined;
  const segments: PlaylistSegment[] = [];
  let next: { durationMilliseconds?: number; programDateTime?: number; isDiscontinuous?: boolean } = {};
  for (const line of lines) {
    const [tag, value] = splitTag(line);
    if (tag === '#EXTINF') next.durationMilliseconds = Math.round(Number.parseFloat(value) * 1000);
    else if (tag === '#EXT-X-PROGRAM-DATE-TIME') next.programDateTime = Date.parse(value);
    else if (tag === '#EXT-X-DISCONTINUITY') next.isDiscontinuous = true;
    else if (line !== '' && !line.startsWith('#')) {
      segments.push({ ...next, uri: line, durationMilliseconds: finite(next.durationMilliseconds) });
      next = {};
    }
  }
  return {
    mediaSequence: numberOf(lines, '#EXT-X-MEDIA-SEQUENCE'),
    targetDurationSeconds: numberOf(lines, '#EXT-X-TARGETDURATION'),
    segments,
    hasEnded: lines.includes('#EXT-X-ENDLIST'),
  };
};

const splitTag = (line: string): readonly [string, string] => {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
};

const finite = (value = 0): number => (Number.isFinite(value) && value > 0 ? value : 0);

const numberOf = (lines: readonly string[], tag: string): number => {
  const line = lines.find((candidate) => candidate.startsWith(`${tag}:`));
  return finite(Number(line?.slice(tag.length + 1)));
};

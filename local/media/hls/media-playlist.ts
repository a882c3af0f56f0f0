/** One segment of a media playlist. */
export interface PlaylistSegment {
  readonly uri: string;
  readonly durationMilliseconds: number;
  /** Wall-clock time of its first frame, in milliseconds since the epoch. */
  readonly programDateTime?: number;
  /** Whether its timestamps do not continue those of the segment before. */
  readonly isDiscontinuous?: boolean;
}

/** A media playlist (RFC 8216, section 4.3.3), as far as this platform writes and reads it. */
export interface MediaPlaylist {
  readonly mediaSequence: number;
  readonly discontinuitySequence?: number;
  readonly targetDurationSeconds: number;
  readonly segments: readonly PlaylistSegment[];
  readonly hasEnded?: boolean;
}

/** The playlist's text. */
export const writeMediaPlaylist = (playlist: MediaPlaylist): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${playlist.targetDurationSeconds}`,
    `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`,
    ...(playlist.discontinuitySequence === undefined ? [] : [`#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`]),
    ...playlist.segments.flatMap(segmentLines),
    ...(playlist.hasEnded === true ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n');

const segmentLines = (segment: PlaylistSegment): string[] => [
  ...(segment.isDiscontinuous === true ? ['#EXT-X-DISCONTINUITY'] : []),
  ...(segment.programDateTime === undefined ? [] : [`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.programDateTime).toISOString()}`]),
  `#EXTINF:${(segment.durationMilliseconds / 1000).toFixed(3)},`,
  segment.uri,
];

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

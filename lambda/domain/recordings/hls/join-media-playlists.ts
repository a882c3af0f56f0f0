/** A media playlist, and the folder that its URIs are relative to, itself relative to where the joined one is. */
export interface PartPlaylist {
  /** Ends with a slash. */
  readonly folder: string;
  readonly text: string;
}

/** Tags of a playlist as a whole, which the joined one has of its own: https://www.rfc-editor.org/rfc/rfc8216#section-4.3.3 */
export const wholeTags: readonly string[] = ['#EXTM3U', '#EXT-X-VERSION', '#EXT-X-TARGETDURATION', '#EXT-X-MEDIA-SEQUENCE', '#EXT-X-DISCONTINUITY-SEQUENCE', '#EXT-X-PLAYLIST-TYPE', '#EXT-X-INDEPENDENT-SEGMENTS', '#EXT-X-ENDLIST'];

/** The name of a line's tag: what stands before its value. */
export const tagOf = (line: string): string => line.split(':')[0] ?? '';

/** The lines of a playlist that say anything. */
export const linesOf = (text: string): readonly string[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');

const isAbsolute = (uri: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(uri);

const within = (folder: string, uri: string): string => (isAbsolute(uri) ? uri : `${folder}${uri}`);

const moved = (folder: string, line: string): string => (line.startsWith('#') ? line.replace(/URI="([^"]*)"/, (_, uri: string) => `URI="${within(folder, uri)}"`) : within(folder, line));

const segmentLines = ({ folder, text }: PartPlaylist): readonly string[] =>
  linesOf(text)
    .filter((line) => !wholeTags.includes(tagOf(line)))
    .map((line) => moved(folder, line));

const greatestOf = (tag: string, parts: readonly PartPlaylist[]): number =>
  Math.max(1, ...parts.flatMap(({ text }) => linesOf(text).flatMap((line) => (line.startsWith(`${tag}:`) ? [Number(line.slice(tag.length + 1))] : []))).filter(Number.isFinite));

/**
 * One media playlist that plays parts one after the other. Each was encoded on its own, so that its timestamps begin
 * anew: a discontinuity tells players so. https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2.3
 */
export const joinMediaPlaylists = (parts: readonly PartPlaylist[]): string =>
  [
    '#EXTM3U',
    `#EXT-X-VERSION:${greatestOf('#EXT-X-VERSION', parts)}`,
    `#EXT-X-TARGETDURATION:${greatestOf('#EXT-X-TARGETDURATION', parts)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...parts.flatMap((part, index) => [...(index === 0 ? [] : ['#EXT-X-DISCONTINUITY']), ...segmentLines(part)]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');

import { linesOf, tagOf, wholeTags } from './join-media-playlists.ts';

/** What segments need that follow, too: https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2 */
const lastingTags = ['#EXT-X-MAP', '#EXT-X-KEY'];

const ended = '#EXT-X-ENDLIST';

/** Whether a media playlist says that nothing more comes. https://www.rfc-editor.org/rfc/rfc8216#section-4.3.3.4 */
export const hasEnded = (text: string): boolean => linesOf(text).includes(ended);

/** How long a media playlist plays, in milliseconds. */
export const playlistMilliseconds = (text: string): number =>
  linesOf(text).reduce((sum, line) => sum + (tagOf(line) === '#EXTINF' ? Math.round(Number.parseFloat(line.slice('#EXTINF:'.length)) * 1000) || 0 : 0), 0);

/**
 * A media playlist that nobody goes on with, as one that has ended: it has the segments that are there, with a
 * discontinuity where one is missing. A last segment that was announced and never named is left out.
 */
export const endPlaylist = (text: string, isThere: (uri: string) => boolean): string => {
  const lines = linesOf(text);
  const header = lines.filter((line) => wholeTags.includes(tagOf(line)) && line !== ended && tagOf(line) !== '#EXT-X-PLAYLIST-TYPE');
  const body: string[] = [];
  let tags: readonly string[] = [];
  for (const line of lines.filter((one) => !wholeTags.includes(tagOf(one)))) {
    if (line.startsWith('#')) tags = [...tags, line];
    else if (isThere(line)) {
      body.push(...tags, line);
      tags = [];
    } else tags = [...(body.length > 0 ? ['#EXT-X-DISCONTINUITY'] : []), ...tags.filter((tag) => lastingTags.includes(tagOf(tag)))];
  }
  return [...header, '#EXT-X-PLAYLIST-TYPE:VOD', ...body, ended, ''].join('\n');
};

import { linesOf, tagOf } from './join-media-playlists.ts';

const streamTag = '#EXT-X-STREAM-INF:';

const headerTags = ['#EXTM3U', '#EXT-X-VERSION', '#EXT-X-INDEPENDENT-SEGMENTS'];

/** The URIs of a multivariant playlist's streams, in order. */
export const streamUris = (text: string): readonly string[] => {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => (line.startsWith(streamTag) ? [lines[index + 1] ?? ''] : [])).filter((uri) => uri !== '' && !uri.startsWith('#'));
};

interface Stream {
  readonly attributes: string;
  readonly uri: string;
}

const streamsOf = (text: string): readonly Stream[] => {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => (line.startsWith(streamTag) ? [{ attributes: line.slice(streamTag.length), uri: lines[index + 1] ?? '' }] : []));
};

const rateOf = (name: string, attributes: string): number => Number(new RegExp(`(?:^|,)${name}=(\\d+)`).exec(attributes)?.[1] ?? 0);

/** What a player has to expect is the most that any part has. */
const withGreatest = (name: string, attributes: string, all: readonly string[]): string =>
  attributes.replace(new RegExp(`(^|,)${name}=\\d+`), (_, before: string) => `${before}${name}=${Math.max(...all.map((one) => rateOf(name, one)))}`);

/** One multivariant playlist of those of several parts: the first's, with streams that all have and rates that hold for all. */
export const joinMultivariant = (texts: readonly string[], uris: readonly string[]): string => {
  const all = texts.flatMap(streamsOf);
  const [first = []] = texts.map(streamsOf);
  const header = linesOf(texts[0] ?? '').filter((line) => headerTags.includes(tagOf(line)));
  const streams = first
    .filter(({ uri }) => uris.includes(uri))
    .flatMap(({ attributes, uri }) => {
      const same = all.filter((one) => one.uri === uri).map((one) => one.attributes);
      return [`${streamTag}${['BANDWIDTH', 'AVERAGE-BANDWIDTH'].reduce((text, name) => withGreatest(name, text, same), attributes)}`, uri];
    });
  return [...header, ...streams, ''].join('\n');
};

/** The URI of the stream with the highest rate. */
export const bestStreamUri = (text: string): string | undefined =>
  streamsOf(text).toSorted((one, other) => rateOf('BANDWIDTH', other.attributes) - rateOf('BANDWIDTH', one.attributes))[0]?.uri;

/** A multivariant playlist with the streams that have a new name, under it. */
export const renamedStreams = (text: string, names: ReadonlyMap<string, string>): string => {
  const header = linesOf(text).filter((line) => headerTags.includes(tagOf(line)));
  const streams = streamsOf(text).flatMap(({ attributes, uri }) => {
    const name = names.get(uri);
    return name === undefined ? [] : [`${streamTag}${attributes}`, name];
  });
  return [...header, ...streams, ''].join('\n');
};

/** One stream of a multivariant playlist. */
export interface VariantStream {
  readonly uri: string;
  readonly bandwidth: number;
  readonly averageBandwidth?: number;
  readonly widthPixels?: number;
  readonly heightPixels?: number;
  readonly framesPerSecond?: number;
  readonly codecs?: string;
}

/** Sound that goes with every stream and is fetched apart. */
export interface AudioRendition {
  readonly uri: string;
  readonly channels: number;
}

/** The text of a multivariant playlist (RFC 8216, section 4.3.4). */
export const writeMultivariantPlaylist = (streams: readonly VariantStream[], audio?: AudioRendition): string =>
  [
    '#EXTM3U', `#EXT-X-VERSION:${audio === undefined ? 3 : 6}`, '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(audio === undefined ? [] : [`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="default",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${audio.channels}",URI="${audio.uri}"`]),
    ...streams.flatMap((stream) => [`#EXT-X-STREAM-INF:${attributes(stream)}${audio === undefined ? '' : ',AUDIO="audio"'}`, stream.uri]),
    '',
  ].join('\n');

const attributes = (stream: VariantStream): string =>
  [
    `BANDWIDTH=${stream.bandwidth}`,
    ...(stream.averageBandwidth === undefined ? [] : [`AVERAGE-BANDWIDTH=${stream.averageBandwidth}`]),
    ...(stream.widthPixels === undefined || stream.heightPixels === undefined ? [] : [`RESOLUTION=${stream.widthPixels}x${stream.heightPixels}`]),
    ...(stream.framesPerSecond === undefined ? [] : [`FRAME-RATE=${stream.framesPerSecond.toFixed(3)}`]),
    ...(stream.codecs === undefined ? [] : [`CODECS="${stream.codecs}"`]),
  ].join(',');

const mark = '#EXT-X-STREAM-INF:';

/** Reads the streams of a multivariant playlist. `undefined` when the text is none (a media playlist, or no playlist). */
export const readMultivariantPlaylist = (text: string): readonly VariantStream[] | undefined => {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  if (lines[0] !== '#EXTM3U' || !lines.some((line) => line.startsWith(mark))) return undefined;
  return lines.flatMap((line, index) => {
    const uri = lines[index + 1];
    return line.startsWith(mark) && uri !== undefined && !uri.startsWith('#') ? [readStream(line.slice(mark.length), uri)] : [];
  });
};

const readStream = (text: string, uri: string): VariantStream => {
  const found = new Map([...text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]));
  const [width, height] = (found.get('RESOLUTION') ?? '').split('x').map(Number);
  const codecs = found.get('CODECS');
  const averageBandwidth = positive(found.get('AVERAGE-BANDWIDTH'));
  const framesPerSecond = positive(found.get('FRAME-RATE'));
  return {
    uri,
    bandwidth: positive(found.get('BANDWIDTH')) ?? 0,
    ...(averageBandwidth === undefined ? {} : { averageBandwidth }),
    ...(width && height ? { widthPixels: width, heightPixels: height } : {}),
    ...(framesPerSecond === undefined ? {} : { framesPerSecond }),
    ...(codecs === undefined ? {} : { codecs }),
  };
};

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
};

import { readFile } from 'node:fs/promises';
import { writeMediaPlaylist, type MediaPlaylist } from '../../../../media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../../media/hls/multivariant-playlist.ts';
import type { PackagedSegment, PackagedStream } from '../../packaging/packaged-stream.ts';
import { manifestAnswer, mediaAnswer, notFound, type Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import type { ProtectableSegment, SegmentKey } from '../segment-protection.ts';
import { mediaPlaylistOf } from './hls-playlist.ts';
import type { FormatTools, PackagingFormat } from './packaging-format.ts';

/** The content type of playlists. */
export const playlistType = 'application/x-mpegURL';
const segmentType = 'video/MP2T';

/** HLS with MPEG-TS: `index.m3u8`, `index_1.m3u8`, `index_1_11.ts?m=…`. */
export const hlsFormat: PackagingFormat = async (view, file, tools) => {
  const { manifestName } = view.endpoint;
  if (file === `${manifestName}.m3u8`) return multivariant(view);
  const [, name, rung, number] = /^(.+?)_(\d{1,3})(?:\.m3u8|_(\d{1,9})\.ts)$/.exec(file) ?? [];
  const rendition = name === manifestName ? view.renditions[Number(rung) - 1] : undefined;
  if (rung === undefined || rendition === undefined) return notFound;
  return number === undefined ? playlist(view, rendition.stream, rung, tools) : segmentAnswer(view, rendition.stream.segment(Number(number)), tools);
};

const multivariant = (view: EndpointView): Answer => {
  const { renditions, endpoint, settings, query } = view;
  if (renditions.length === 0 || renditions.some(({ stream }) => view.segmentsOf(stream).length === 0)) return notFound;
  const streams = renditions.map(({ variant }, index) => ({ ...variant, uri: `${endpoint.manifestName}_${index + 1}.m3u8${query}` }));
  return manifestAnswer(writeMultivariantPlaylist(streams), playlistType, settings.segmentMilliseconds);
};

const playlist = async (view: EndpointView, stream: PackagedStream, rung: string, tools: FormatTools): Promise<Answer> => {
  const { endpoint, wayUp, settings } = view;
  const segments = view.segmentsOf(stream);
  const clear = mediaPlaylistOf(view, segments, {
    dateIntervalMilliseconds: (endpoint.hls?.ProgramDateTimeIntervalSeconds ?? 0) * 1000,
    uriOf: ({ number }) => `${wayUp}${endpoint.manifestName}_${rung}_${number}.ts?m=${endpoint.modifiedAt}`,
  });
  if (clear === undefined) return notFound;
  const keys = await Promise.all(segments.map((segment) => keyOf(view, segment, tools)));
  if (keys.includes('unavailable')) return notFound;
  return manifestAnswer(writeMediaPlaylist(withKeys(clear, keys, endpoint.hls?.Encryption?.RepeatExtXKey ?? false)), playlistType, settings.segmentMilliseconds);
};

const withKeys = (playlistInClear: MediaPlaylist, keys: readonly (SegmentKey | 'unavailable' | undefined)[], repeatsKey: boolean): MediaPlaylist => ({
  ...playlistInClear, repeatsKey,
  segments: playlistInClear.segments.map((segment, index) => {
    const key = keys[index];
    return key === undefined || key === 'unavailable' ? segment : { ...segment, key: key.attributes };
  }),
});

const segmentAnswer = async (view: EndpointView, segment: PackagedSegment | undefined, tools: FormatTools): Promise<Answer> => {
  if (segment === undefined) return notFound;
  const key = await keyOf(view, segment, tools);
  if (key === 'unavailable') return notFound;
  if (key === undefined) return mediaAnswer(segment, segmentType);
  const name = `${view.session.id}/${view.endpoint.guid}/${view.endpoint.modifiedAt}/${view.renditions.findIndex(({ stream }) => stream.segment(segment.number) === segment)}/${segment.number}/${key.attributes}`;
  return mediaAnswer(await tools.pieces.get(name, async () => key.encrypt(Buffer.concat(await Promise.all(segment.chunks.map(({ path }) => readFile(path)))))), segmentType);
};

/** Without a key nothing leaves: not even a playlist, which would say that the segments are in the clear. */
const keyOf = async ({ endpoint }: EndpointView, segment: PackagedSegment, { protection }: FormatTools): Promise<SegmentKey | 'unavailable' | undefined> => {
  const asked: ProtectableSegment = { number: segment.number, startsAt: segment.programDateTime };
  return protection.keyFor(endpoint, asked).catch(() => 'unavailable' as const);
};

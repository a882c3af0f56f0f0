import type { HlsManifest } from '@aws-sdk/client-mediapackage';
import { writeMediaPlaylist } from '../../../../media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../../media/hls/multivariant-playlist.ts';
import { defaultWindowSeconds } from '../../endpoint-record.ts';
import { manifestAnswer, notFound, type Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import { fileNames, trackFile } from './fragmented-files.ts';
import { mediaPlaylistOf } from './hls-playlist.ts';
import { playlistType } from './hls.ts';
import type { PackagingFormat } from './packaging-format.ts';
import { soundOf, timedSegments, tracksOf, type EndpointTrack } from './tracks.ts';

/** Where segments of every manifest are, seen from a manifest's folder. */
const segmentFolder = '../';

/** HLS with CMAF: `<manifest>/index.m3u8`, `<manifest>/index_video_1.m3u8`, `<prefix>_video_1_11.mp4?m=…`. */
export const cmafFormat: PackagingFormat = async (view, file, tools) => {
  const slash = file.indexOf('/');
  if (slash < 0) return (await trackFile(view, file, segmentPrefix(view), tools)) ?? notFound;
  const manifest = view.endpoint.cmaf?.HlsManifests?.find(({ Id }) => Id === file.slice(0, slash));
  return manifest === undefined ? notFound : playlistFile(view, manifest, file.slice(slash + 1));
};

const segmentPrefix = ({ endpoint }: EndpointView): string => endpoint.cmaf?.SegmentPrefix ?? endpoint.channelId;

const windowOf = ({ PlaylistWindowSeconds: window = defaultWindowSeconds }: HlsManifest): number => window * 1000;

const playlistFile = (view: EndpointView, manifest: HlsManifest, file: string): Answer => {
  const name = manifest.ManifestName ?? view.endpoint.manifestName;
  const tracks = tracksOf(view);
  if (file === `${name}.m3u8`) return multivariant(view, manifest, tracks, name);
  const track = tracks.find(({ kind, number }) => file === `${name}_${kind}_${number}.m3u8`);
  return track === undefined ? notFound : mediaPlaylist(view, manifest, track);
};

const shown = (view: EndpointView, manifest: HlsManifest, { kind, rendition }: EndpointTrack) => timedSegments(view.segmentsOf(rendition.stream, windowOf(manifest)), kind);

const multivariant = (view: EndpointView, manifest: HlsManifest, tracks: readonly EndpointTrack[], name: string): Answer => {
  if (tracks.length === 0 || tracks.some((track) => shown(view, manifest, track).length === 0)) return notFound;
  const uriOf = ({ kind, number }: EndpointTrack): string => `${name}_${kind}_${number}.m3u8${view.query}`;
  const streams = tracks.filter(({ kind }) => kind === 'video').map((track) => ({ ...track.rendition.variant, uri: uriOf(track) }));
  const audio = tracks.find(({ kind }) => kind === 'audio');
  const [sound] = audio === undefined ? [] : shown(view, manifest, audio);
  const channels = sound === undefined ? undefined : soundOf(sound)?.configuration.channels;
  const rendition = audio === undefined || channels === undefined ? undefined : { uri: uriOf(audio), channels };
  return manifestAnswer(writeMultivariantPlaylist(streams, rendition), playlistType, view.settings.segmentMilliseconds);
};

const mediaPlaylist = (view: EndpointView, manifest: HlsManifest, track: EndpointTrack): Answer => {
  const names = fileNames(track, `${segmentFolder}${view.wayUp}${segmentPrefix(view)}`, view.endpoint.modifiedAt);
  const playlist = mediaPlaylistOf(view, shown(view, manifest, track), {
    dateIntervalMilliseconds: (manifest.ProgramDateTimeIntervalSeconds ?? 0) * 1000, isAudio: track.kind === 'audio',
    uriOf: ({ number }) => names.segment(number), mapOf: ({ discontinuities }) => names.init(discontinuities),
  });
  return playlist === undefined ? notFound : manifestAnswer(writeMediaPlaylist(playlist), playlistType, view.settings.segmentMilliseconds);
};

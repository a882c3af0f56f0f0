import { movieFragment } from '../../../../media/mp4/media-segment.ts';
import { smoothTiming, type FragmentTime } from '../../../../media/mp4/smooth-timing.ts';
import { smoothTimescale, writeSmoothManifest, type SmoothAudio, type SmoothStream, type SmoothVideo } from '../../../../media/mss/smooth-manifest.ts';
import type { PackagedStream } from '../../packaging/packaged-stream.ts';
import { manifestAnswer, mediaAnswer, notFound, type Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import type { FormatTools, PackagingFormat } from './packaging-format.ts';
import { audioBandwidth, fragmentOf, fragmentTime, pieceName, rangeOf, soundOf, timedSegments, tracksOf, type EndpointTrack, type TimedSegment } from './tracks.ts';

/** How many fragments each one announces: players learn of the next from the media, not from the manifest. */
const followingFragments = 2;

/** Smooth Streaming: `index.ism/Manifest`, `index.ism/QualityLevels(1200000)/Fragments(video=20000000)`. */
export const mssFormat: PackagingFormat = async (view, file, tools) => {
  const folder = `${view.endpoint.manifestName}.ism/`;
  if (!file.startsWith(folder)) return notFound;
  const name = file.slice(folder.length);
  if (name === 'Manifest') return manifest(view);
  const [, bitrate, kind, time] = /^QualityLevels\((\d{1,12})\)\/Fragments\((video|audio)=(\d{1,18})\)$/.exec(name) ?? [];
  const track = tracksOf(view).find((candidate) => candidate.kind === kind && (kind === 'audio' || videoRate(view, candidate) === Number(bitrate)));
  return track === undefined ? notFound : fragment(view, track, Number(time), tools);
};

const timeOf = (segment: TimedSegment, kind: 'video' | 'audio'): FragmentTime => fragmentTime(rangeOf(segment, kind), smoothTimescale);

/** Held back in a live manifest until what it announces is there. */
const listed = (view: EndpointView, { kind, rendition: { stream } }: EndpointTrack): readonly TimedSegment[] => {
  const segments = timedSegments(view.segmentsOf(stream), kind);
  return view.progress === 'ended' || stream.hasEnded ? segments : segments.slice(0, -followingFragments);
};

const manifest = (view: EndpointView): Answer => {
  const tracks = tracksOf(view).map((track) => ({ track, segments: listed(view, track) }));
  if (tracks.length === 0 || tracks.some(({ segments }) => segments.length === 0)) return notFound;
  const streams = (['video', 'audio'] as const).flatMap((kind): readonly SmoothStream[] => {
    const ofKind = tracks.filter(({ track }) => track.kind === kind);
    const [reference] = ofKind;
    if (reference === undefined) return [];
    return [{ kind, qualities: ofKind.flatMap(({ track, segments }) => quality(view, track, segments[0])), fragments: reference.segments.map((segment) => timeOf(segment, kind)) }];
  });
  const live = { windowSeconds: view.settings.windowMilliseconds / 1000, followingFragments };
  return manifestAnswer(writeSmoothManifest({ ...(view.progress === 'ended' ? {} : { live }), streams }), 'application/vnd.ms-sstr+xml', view.settings.segmentMilliseconds);
};

/** What tells a rendition from the others: its rate, raised where two have the same. Sound there is only one of. */
const videoRate = (view: EndpointView, { number, rendition }: EndpointTrack): number => {
  const rate = (index: number): number => view.renditions[index]?.variant.averageBandwidth ?? view.renditions[index]?.variant.bandwidth ?? 0;
  const own = rendition.variant.averageBandwidth ?? rendition.variant.bandwidth;
  return own + Array.from({ length: number - 1 }, (_, index) => rate(index)).filter((earlier) => earlier === own).length;
};

const startCode = Buffer.from([0, 0, 0, 1]);

const quality = (view: EndpointView, track: EndpointTrack, segment: TimedSegment | undefined): readonly (SmoothVideo | SmoothAudio)[] => {
  if (segment === undefined) return [];
  if (track.kind === 'audio') {
    const configuration = soundOf(segment)?.configuration;
    return configuration === undefined ? [] : [{ bitsPerSecond: audioBandwidth(segment), samplesPerSecond: configuration.samplesPerSecond, channels: configuration.channels, codecPrivateData: configuration.decoderConfiguration }];
  }
  const { sequenceParameterSet, pictureParameterSet } = segment.timing.video.configuration;
  const { widthPixels = 0, heightPixels = 0 } = track.rendition.variant;
  return [{ bitsPerSecond: videoRate(view, track), widthPixels, heightPixels, codecPrivateData: Buffer.concat([startCode, sequenceParameterSet, startCode, pictureParameterSet]) }];
};

const fragment = async (view: EndpointView, track: EndpointTrack, time: number, { pieces }: FormatTools): Promise<Answer> => {
  const { kind, rendition: { stream } } = track;
  const segments = timedSegments(stream.segments, kind);
  const index = segments.findIndex((segment) => timeOf(segment, kind).time === time);
  const segment = segments[index];
  if (segment === undefined) return notFound;
  const announced = following(segments, index, stream, kind);
  const make = async (): Promise<Buffer> =>
    movieFragment(await fragmentOf(segment, kind, smoothTimescale), { sequenceNumber: segment.number, timing: smoothTiming(timeOf(segment, kind), announced) });
  return mediaAnswer(await pieces.get(`${pieceName(view, track, segment)}/${announced.map((next) => next.time).join()}`, make), `${kind}/mp4`);
};

/** The fragments after one; of the newest, the one that will come next as long as the stream goes on. */
const following = (segments: readonly TimedSegment[], index: number, stream: PackagedStream, kind: 'video' | 'audio'): readonly FragmentTime[] => {
  const known = segments.slice(index + 1, index + 1 + followingFragments).map((segment) => timeOf(segment, kind));
  const last = segments[index];
  if (known.length > 0 || stream.hasEnded || last === undefined) return known;
  const { time, duration } = timeOf(last, kind);
  return [{ time: time + duration, duration }];
};

import type { DashPackage } from '@aws-sdk/client-mediapackage';
import type { AdaptationSet, LiveTiming, PresentationPeriod, Representation } from '../../../../media/dash/media-presentation.ts';
import { writePresentation } from '../../../../media/dash/write-presentation.ts';
import { ticksPerSecond } from '../../../../media/mp4/source/elementary-streams.ts';
import { manifestAnswer, notFound, type Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import { fileNames, trackFile } from './fragmented-files.ts';
import type { PackagingFormat } from './packaging-format.ts';
import { audioBandwidth, fragmentTime, rangeOf, soundOf, timedSegments, timescaleOf, tracksOf, type EndpointTrack, type TimedSegment } from './tracks.ts';

/** The service's defaults, in seconds. */
const defaults = { minimumBuffer: 30, minimumUpdate: 15 } as const;

const timingSchemes = { 'HTTP-HEAD': 'urn:mpeg:dash:utc:http-head:2014', 'HTTP-ISO': 'urn:mpeg:dash:utc:http-iso:2014', 'HTTP-XSDATE': 'urn:mpeg:dash:utc:http-xsdate:2014' } as const;

/** DASH: `index.mpd`, `index_video_1_init_0.mp4`, `index_video_1_11.mp4?m=…`. */
export const dashFormat: PackagingFormat = async (view, file, tools) => {
  const { endpoint } = view;
  if (file === `${endpoint.manifestName}.mpd`) return manifest(view, endpoint.dash ?? {});
  return (await trackFile(view, file, endpoint.manifestName, tools, endpoint.dash?.SegmentTemplateFormat === 'TIME_WITH_TIMELINE')) ?? notFound;
};

interface ListedTrack {
  readonly track: EndpointTrack;
  readonly segments: readonly TimedSegment[];
}

const manifest = (view: EndpointView, dash: DashPackage): Answer => {
  const tracks = tracksOf(view).map((track) => ({ track, segments: timedSegments(view.segmentsOf(track.rendition.stream), track.kind) }));
  const [reference] = tracks;
  if (reference === undefined || tracks.some(({ segments }) => segments.length === 0)) return notFound;
  const scheme = dash.UtcTiming === undefined || dash.UtcTiming === 'NONE' ? undefined : timingSchemes[dash.UtcTiming];
  const text = writePresentation({
    ...(view.progress === 'ended' ? { durationSeconds: lengthOf(reference) } : { live: liveTiming(view, dash, reference) }),
    minimumBufferSeconds: dash.MinBufferTimeSeconds ?? defaults.minimumBuffer,
    ...(scheme === undefined || dash.UtcTimingUri === undefined ? {} : { utcTiming: { schemeIdUri: scheme, value: dash.UtcTimingUri } }),
    periods: periodsOf(view, tracks, reference),
  });
  return manifestAnswer(text, 'application/dash+xml', view.settings.segmentMilliseconds);
};

const lengthOf = ({ segments }: ListedTrack): number => ((segments.at(-1)?.range.to ?? 0) - (segments[0]?.range.from ?? 0)) / ticksPerSecond;

const liveTiming = (view: EndpointView, dash: DashPackage, reference: ListedTrack): LiveTiming => ({
  availabilityStart: view.session.timeline.zeroAt + view.settings.delayMilliseconds,
  publishedAt: reference.segments.at(-1)?.completedAt ?? view.now,
  minimumUpdateSeconds: dash.MinUpdatePeriodSeconds ?? defaults.minimumUpdate,
  windowSeconds: view.progress === 'growing' ? Math.ceil(lengthOf(reference)) : view.settings.windowMilliseconds / 1000,
  ...(dash.SuggestedPresentationDelaySeconds === undefined ? {} : { suggestedDelaySeconds: dash.SuggestedPresentationDelaySeconds }),
});

/** One period for each stretch without a discontinuity. Of what has ended, the first begins at 0. */
const periodsOf = (view: EndpointView, tracks: readonly ListedTrack[], { segments }: ListedTrack): readonly PresentationPeriod[] => {
  const firsts = segments.filter((segment, index) => segment.discontinuities !== segments[index - 1]?.discontinuities);
  const zero = view.progress === 'ended' ? (segments[0]?.range.from ?? 0) : 0;
  return firsts.map((first, index) => {
    const from = view.progress === 'ended' ? first.range.from : first.continuousFrom;
    const to = firsts[index + 1]?.range.from ?? Infinity;
    return { id: String(first.discontinuities), startSeconds: (from - zero) / ticksPerSecond, adaptationSets: adaptationSetsOf(view, tracks, { from, to }) };
  });
};

const adaptationSetsOf = (view: EndpointView, tracks: readonly ListedTrack[], period: { readonly from: number; readonly to: number }): readonly AdaptationSet[] =>
  (['video', 'audio'] as const).flatMap((kind, index) => {
    const representations = tracks.filter(({ track }) => track.kind === kind).flatMap(({ track, segments }) => {
      // By their pictures, since sound begins a little apart from them.
      const inPeriod = segments.filter(({ range }) => range.from >= period.from && range.from < period.to);
      const [first] = inPeriod;
      return first === undefined ? [] : [representation(view, track, inPeriod, first, period.from)];
    });
    return representations.length === 0 ? [] : [{ id: String(index), kind, representations }];
  });

const representation = (view: EndpointView, track: EndpointTrack, segments: readonly TimedSegment[], first: TimedSegment, periodFrom: number): Representation => {
  const { endpoint } = view;
  const { kind, number, rendition: { variant } } = track;
  const timescale = timescaleOf(first, kind);
  const names = fileNames(track, endpoint.manifestName, endpoint.modifiedAt);
  const isByTime = endpoint.dash?.SegmentTemplateFormat === 'TIME_WITH_TIMELINE';
  const [videoCodec = '', audioCodec = 'mp4a.40.2'] = (variant.codecs ?? '').split(',');
  const template = {
    timescale, initialization: names.init(first.discontinuities), media: names.segment(isByTime ? '$Time$' : '$Number$'), startNumber: first.number,
    presentationTimeOffset: Math.round((periodFrom * timescale) / ticksPerSecond), segments: segments.map((segment) => fragmentTime(rangeOf(segment, kind), timescale)),
  };
  if (kind === 'audio') return { id: `audio_${number}`, codecs: audioCodec, bandwidth: audioBandwidth(first), ...audioShape(first), template };
  const { widthPixels, heightPixels, framesPerSecond } = variant;
  return {
    id: `video_${number}`, codecs: videoCodec, bandwidth: variant.bandwidth, template,
    ...(widthPixels === undefined || heightPixels === undefined ? {} : { widthPixels, heightPixels }), ...(framesPerSecond === undefined ? {} : { framesPerSecond }),
  };
};

const audioShape = (segment: TimedSegment) => {
  const configuration = soundOf(segment)?.configuration;
  return configuration === undefined ? {} : { samplesPerSecond: configuration.samplesPerSecond, channels: configuration.channels };
};

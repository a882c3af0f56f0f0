import { element, xmlDeclaration } from '../xml/element.ts';
import type { AdaptationSet, LiveTiming, MediaPresentation, PresentationPeriod, Representation, SegmentTemplate } from './media-presentation.ts';

/** The text of a media presentation description. */
export const writePresentation = ({ live, durationSeconds, minimumBufferSeconds, utcTiming, periods }: MediaPresentation): string => {
  const shape = {
    xmlns: 'urn:mpeg:dash:schema:mpd:2011', profiles: 'urn:mpeg:dash:profile:isoff-live:2011', type: live === undefined ? 'static' : 'dynamic',
    ...(live === undefined ? {} : liveAttributes(live)),
    mediaPresentationDuration: durationSeconds === undefined ? undefined : seconds(durationSeconds), minBufferTime: seconds(minimumBufferSeconds),
  };
  return `${xmlDeclaration}\n${element('MPD', shape, ...periods.map(period), ...(utcTiming === undefined ? [] : [element('UTCTiming', { ...utcTiming })]))}\n`;
};

const liveAttributes = (live: LiveTiming) => ({
  availabilityStartTime: new Date(live.availabilityStart).toISOString(),
  publishTime: new Date(live.publishedAt).toISOString(),
  minimumUpdatePeriod: seconds(live.minimumUpdateSeconds),
  timeShiftBufferDepth: seconds(live.windowSeconds),
  suggestedPresentationDelay: live.suggestedDelaySeconds === undefined ? undefined : seconds(live.suggestedDelaySeconds),
});

/** An xs:duration of whole microseconds. */
const seconds = (value: number): string => `PT${Number(value.toFixed(6))}S`;

const period = ({ id, startSeconds, adaptationSets }: PresentationPeriod): string => element('Period', { id, start: seconds(startSeconds) }, ...adaptationSets.map(adaptationSet));

const adaptationSet = ({ id, kind, representations }: AdaptationSet): string =>
  element(
    'AdaptationSet', { id, contentType: kind, mimeType: `${kind}/mp4`, segmentAlignment: true, startWithSAP: 1, ...(kind === 'video' ? { bitstreamSwitching: false } : { lang: 'und' }) },
    ...representations.map(representation),
  );

const representation = (one: Representation): string =>
  element(
    'Representation', {
      id: one.id, bandwidth: one.bandwidth, codecs: one.codecs, width: one.widthPixels, height: one.heightPixels,
      frameRate: one.framesPerSecond === undefined ? undefined : frameRate(one.framesPerSecond), audioSamplingRate: one.samplesPerSecond,
    },
    ...(one.channels === undefined ? [] : [element('AudioChannelConfiguration', { schemeIdUri: 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011', value: one.channels })]),
    segmentTemplate(one.template),
  );

const segmentTemplate = (template: SegmentTemplate): string =>
  element(
    'SegmentTemplate', {
      timescale: template.timescale, initialization: template.initialization, media: template.media,
      startNumber: template.startNumber, presentationTimeOffset: template.presentationTimeOffset,
    },
    element('SegmentTimeline', {}, ...timeline(template)),
  );

/** Equal durations in a row are one entry with its repetitions. */
const timeline = ({ segments }: SegmentTemplate): readonly string[] => {
  const runs: { time: number; duration: number; repeats: number }[] = [];
  for (const { time, duration } of segments) {
    const run = runs.at(-1);
    if (run !== undefined && run.duration === duration && run.time + (run.repeats + 1) * run.duration === time) run.repeats += 1;
    else runs.push({ time, duration, repeats: 0 });
  }
  return runs.map(({ time, duration, repeats }) => element('S', { t: time, d: duration, r: repeats === 0 ? undefined : repeats }));
};

/** As a fraction where it is not whole: 30000/1001. */
const frameRate = (framesPerSecond: number): string => {
  const nominal = Math.round(framesPerSecond);
  return Math.abs(framesPerSecond - nominal) < 1e-3 ? String(nominal) : `${nominal * 1000}/1001`;
};

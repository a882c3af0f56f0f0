import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import { measureFinal, measureProvisional } from '../../../lambda/domain/usage/measure-breakout.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import type { MetricName } from '../../../lambda/domain/usage/metric-series.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../shows/a-cam-plan.ts';
import { memoryIvs } from '../shows/memory-ivs.ts';
import { aStoppedBreakout } from './a-show.ts';
import { itemIds } from './ids.ts';
import { measuredShow } from './measured-show.ts';
import { memoryCamSources } from './memory-cam-sources.ts';
import { aMinuteSeries } from './minute-series.ts';

const minute = (time: string, window: Interval): number => (Date.parse(`2026-11-23T${time}:00Z`) - window.from) / 60_000;

/** A show on a STANDARD Cam pipeline: half an hour of 720p, of which viewers in two countries were delivered three hours. */
export const measuredCamShow = () => {
  const calls: (readonly MetricName[])[] = [];
  const delivered: Readonly<Record<string, bigint>> = { US: 7_200_000n, DE: 1_800_000n };
  const base = measuredShow({
    metrics: {
      sumsByMinute: async (_region, names, window) => {
        calls.push(names);
        return names.map(({ name, dimensions }) => {
          if (name === 'LiveInputTime') return aMinuteSeries(window, Object.fromEntries(Array.from({ length: 30 }, (_, index) => [minute('10:05', window) + index, 60_000n])));
          return aMinuteSeries(window, { [minute('10:20', window)]: delivered[dimensions['ViewerCountryCode'] ?? ''] ?? 10_800_000n });
        });
      },
    },
  });
  const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, type: 'STANDARD' } });
  const ivs = memoryIvs(() => Date.parse(base.world.now));
  const known = {
    runs: [aCamRun({ breakoutId: itemIds.breakout, started: { at: '2026-11-23T10:00:05.000Z', source: 'POLL' }, ended: { at: '2026-11-23T10:36:00.000Z', source: 'POLL' }, channel: pipeline.channel })] as CamRun[],
    sessions: [
      aStreamSession({
        breakoutId: itemIds.breakout, startedAt: '2026-11-23T10:05:00.000Z', endedAt: '2026-11-23T10:35:00.000Z',
        source: { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' },
      }),
    ] as StreamSession[],
    countries: ['DE', 'US'],
    streams: ivs.streams,
  };
  base.world.breakout = aStoppedBreakout({ pipelineId: pipeline.pipelineId, stoppedAt: '2026-11-23T10:36:00.000Z', tailEndsAt: '2026-11-23T10:37:30.000Z' });
  const deps = {
    ...base.deps,
    pipelines: { get: async () => pipeline },
    cam: memoryCamSources(known),
    recordings: { get: async (): Promise<Recording | undefined> => undefined },
    objects: { list: async () => [] },
  };
  return { ...base, deps, known, ivs, calls, provisional: () => measureProvisional(deps)(itemIds.breakout), final: () => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt: 1 }) };
};

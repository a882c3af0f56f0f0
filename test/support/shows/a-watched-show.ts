import { memoryChannelTurns } from '../usage/memory-overheads.ts';
import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { Announcement, Announcements } from '../../../lambda/domain/monitoring/announcements.ts';
import type { PipelineHold } from '../../../lambda/domain/pipelines/pipeline-hold.ts';
import type { ProPipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import { aBreakout, aHold, aPipeline, aRequestedRun } from './a-plan.ts';
import { memoryRuns } from './memory-runs.ts';
import { memoryShowLog } from './memory-show-log.ts';

/** A pipeline with two inputs, of which it prefers the first. */
export const aFailoverPipeline = (overrides: Partial<ProPipeline['channel']> = {}): ProPipeline => {
  const pipeline = aPipeline();
  const failover = { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 30_000, inputLossMilliseconds: 3000 } as const;
  const inputs = [
    { inputId: '11', name: 'primary', type: 'RTMP_PUSH' },
    { inputId: '12', name: 'backup', type: 'RTMP_PUSH' },
  ] as const;
  return { ...pipeline, channel: { ...pipeline.channel, inputs, failover, ...overrides } };
};

/** A show that runs since 10:00:30, with all that watching it touches. */
export const aWatchedShow = async (options: { readonly pipeline?: ProPipeline; readonly breakout?: Partial<Breakout>; readonly run?: Partial<ChannelRun> } = {}) => {
  const pipeline = options.pipeline ?? aFailoverPipeline();
  const breakout = aBreakout({ status: 'RUNNING', attempt: 1, startRequestedAt: '2026-11-23T10:00:00.000Z', ...options.breakout });
  const { breakoutId } = breakout;
  const started = { at: '2026-11-23T10:00:30.000Z', source: 'EVENT' } as const;
  const runs = memoryRuns();
  await runs.begin(aRequestedRun({ breakoutId, started, ...options.run }));
  const hold = aHold(breakout);
  const holds = new Map<string, PipelineHold>([[hold.pipelineId, hold]]);
  const breakouts = new Map([[breakoutId, breakout]]);
  const announced: Announcement[] = [];
  const announcements: Announcements = { publish: async (announcement) => void announced.push(announcement) };
  const log = memoryShowLog();
  return {
    breakout, breakouts, pipeline, hold, holds, announced, log, runs,
    deps: {
      log,
      runs,
      announcements,
      turns: memoryChannelTurns(),
      breakouts: {
        async get(id: string) {
          const found = breakouts.get(id);
          if (found === undefined) throw notFound('breakout', id);
          return found;
        },
      },
      pipelines: { list: async () => [pipeline], get: async () => pipeline },
      holds: { get: async (pipelineId: string) => holds.get(pipelineId) },
      pastHolds: { lastClaimed: async (_pipelineId: string, at: string) => (at < hold.claimedAt ? undefined : hold) },
    },
  };
};

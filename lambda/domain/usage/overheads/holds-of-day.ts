import type { HoldHistory, PipelineHold } from '../../pipelines/pipeline-hold.ts';
import { dayInterval } from '../calendar-day.ts';

/** A show may be on longer than a day: who claimed the pipeline so long before may have it still. */
const longestShowMilliseconds = 15 * 86_400_000;

/** The shows that may have had a pipeline on a UTC day. */
export const holdsOfDay = (holds: HoldHistory, pipelineId: string, day: string): Promise<readonly PipelineHold[]> => {
  const { from, to } = dayInterval(day);
  return holds.claimedIn(pipelineId, { from: from - longestShowMilliseconds, to });
};

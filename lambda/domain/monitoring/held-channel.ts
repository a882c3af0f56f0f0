import type { PastHolds, PipelineHold } from '../pipelines/pipeline-hold.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { millisecondsOf, timestamp } from '../shared/time.ts';

/** What finding the show of an event needs. */
export interface HeldChannelDeps<Found extends Pipeline> {
  readonly pipelines: { list(): Promise<readonly Found[]> };
  readonly pastHolds: PastHolds;
}

/** A channel at some time, with the show that had it then. */
export interface HeldChannel<Found extends Pipeline> {
  readonly pipeline: Found;
  readonly hold: PipelineHold;
}

// Events carry whole seconds: one of the claim's own second may say a time before it.
const eventPrecisionMilliseconds = 999;

/** The pipeline that is meant and the show that had it at the time, whether it has ended since or not. */
export const findHeldChannel =
  <Found extends Pipeline>({ pipelines, pastHolds }: HeldChannelDeps<Found>) =>
  async (isMeant: (pipeline: Found) => boolean, at: string): Promise<HeldChannel<Found> | 'unknown-channel' | 'held-by-nobody'> => {
    const pipeline = (await pipelines.list()).find(isMeant);
    if (pipeline === undefined) return 'unknown-channel';
    const hold = await pastHolds.lastClaimed(pipeline.pipelineId, timestamp(millisecondsOf(at) + eventPrecisionMilliseconds));
    return hold === undefined ? 'held-by-nobody' : { pipeline, hold };
  };

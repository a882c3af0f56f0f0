import type { Show } from '../breakouts/show-executions.ts';

/** Remembers what guards have told of, so that they tell it once. */
export interface GuardMarks {
  /** Answers true the first time that it is told of this attempt. */
  markStopAnnounced(show: Show): Promise<boolean>;
  /** Notes that a channel was found running for nobody; true when it was not noted yet. */
  markOrphan(pipelineId: string, at: string): Promise<boolean>;
  /** The channel is idle or held again: the next time is another one. Answers whether it was noted. */
  clearOrphan(pipelineId: string): Promise<boolean>;
}

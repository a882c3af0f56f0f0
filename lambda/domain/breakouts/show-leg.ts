import type { Breakout } from './breakout.ts';

/** One attempt at a show on one pipeline, from the claim on. A show that changes its pipeline has several. */
export interface ShowLeg {
  readonly attempt: number;
  readonly pipelineId: string;
  /** When the pipeline was claimed. */
  readonly startRequestedAt: string;
  /** When its channel was seen idle; absent while it runs, or when it never ran. */
  readonly stoppedAt?: string;
  /** When the last viewer can have played the last segment of it. */
  readonly tailEndsAt?: string;
}

/** A leg that the show has left for another pipeline. */
export interface EarlierLeg extends ShowLeg {
  readonly leftAt: string;
  /** What its execution waited with when it was left. */
  readonly stopToken?: string;
}

/** The leg that a show is on; undefined before its first start. */
export const presentLeg = ({ attempt, pipelineId, startRequestedAt, stoppedAt, tailEndsAt }: Breakout): ShowLeg | undefined =>
  startRequestedAt === undefined
    ? undefined
    : { attempt, pipelineId, startRequestedAt, ...(stoppedAt === undefined ? {} : { stoppedAt }), ...(tailEndsAt === undefined ? {} : { tailEndsAt }) };

/** All legs of a show, in order. */
export const legsOf = (breakout: Breakout): readonly ShowLeg[] => {
  const present = presentLeg(breakout);
  return [...(breakout.earlierLegs ?? []), ...(present === undefined ? [] : [present])];
};

/** The pipeline of an attempt: also of one that the show has left since. */
export const pipelineIdOf = (breakout: Breakout, attempt: number): string =>
  breakout.earlierLegs?.find((leg) => leg.attempt === attempt)?.pipelineId ?? breakout.pipelineId;

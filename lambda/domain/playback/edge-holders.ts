import type { Curtain } from './curtain.ts';

/** The breakout that a distribution serves. Times in Unix seconds. */
export interface Holder {
  readonly breakoutId: string;
  /** When its ingest began: nobody may start over before. */
  readonly began: number;
  /** From when it is served: nothing older can be in a manifest then. */
  readonly from: number;
  /** Until when it is served; null = until told otherwise. */
  readonly until: number | null;
  readonly curtain: Curtain;
}

/** Whom a distribution is to serve next. */
export type NextHolder = Holder | 'NOBODY' | 'AS_IT_IS';

/** What the edge knows: one change at a time, whoever else changes it meanwhile. */
export interface EdgeHolders {
  get(distributionId: string): Promise<Holder | undefined>;
  /**
   * Changes whom a distribution serves, and publishes keys that verify viewers' tokens with it. `decide` is asked anew each
   * time that somebody else has written meanwhile, so what it reads is never older than what it replaces.
   * @throws UnavailableError
   */
  change(distributionId: string, decide: (served: Holder | undefined) => Promise<NextHolder>, signingKeys?: Readonly<Record<string, string>>): Promise<void>;
  /** Publishes these keys alone: recordings are watched at the edge also where no show is. @throws UnavailableError */
  publishKeys(signingKeys: Readonly<Record<string, string>>): Promise<void>;
}

/** The breakout that a distribution serves, from and until Unix seconds (`until` null = until told otherwise). */
export interface Holder {
  readonly breakoutId: string;
  readonly from: number;
  readonly until: number | null;
}

/** What the edge knows: one change at a time, whoever else changes it meanwhile. */
export interface EdgeHolders {
  get(distributionId: string): Promise<Holder | undefined>;
  /** Publishes the keys that verify viewers' tokens, and who is served. @throws UnavailableError */
  open(distributionId: string, holder: Holder, signingKeys: Readonly<Record<string, string>>): Promise<void>;
  /** Writes the holder only while the same breakout is served; else changes nothing. @throws UnavailableError */
  limit(distributionId: string, holder: Holder): Promise<void>;
  /** Serves nobody, if this breakout is the one that is served. @throws UnavailableError */
  close(distributionId: string, breakoutId: string): Promise<void>;
}

/** A pipeline that is deployed, or was: from when to when it is known to have been there. */
export interface KnownPipeline {
  readonly pipelineId: string;
  readonly region: string;
  readonly distributionId: string;
  /** Inputs that are pushed to, which cost while the channel does not run. */
  readonly pushInputs: number;
  /** When it was seen first and last, milliseconds since the epoch. */
  readonly knownSince: number;
  readonly lastSeenAt: number;
}

/** Remembers pipelines beyond their registration. */
export interface KnownPipelines {
  /** Notes that a pipeline is there; the first time counts as since when. */
  see(pipeline: Omit<KnownPipeline, 'knownSince'>): Promise<void>;
  list(): Promise<readonly KnownPipeline[]>;
}

/** One attempt at a show; names its execution `<breakoutId>-<attempt>`. */
export interface Show {
  readonly breakoutId: string;
  readonly attempt: number;
}

/** The executions that run shows. */
export interface ShowExecutions {
  /** Starts the execution of a show. Doing it again for the same show changes nothing. @throws UnavailableError */
  start(show: Show): Promise<void>;
  /**
   * Starts the execution that ends an attempt whose own execution has died: it makes sure that the channel is idle, gives
   * the pipeline back and measures. Doing it again while that lives changes nothing. @throws UnavailableError
   */
  recover(show: Show): Promise<void>;
  /** Whether an execution of the show is alive, its own or the one that recovers it. */
  isRunning(show: Show): Promise<boolean>;
}

/** The wait of an execution for its stop. */
export interface StopSignal {
  /** Ends the wait that this token stands for; a token that is no longer waited for is ignored. */
  complete(stopToken: string): Promise<void>;
}

/** The one-time schedules that stop shows when nothing else does. */
export interface HardStops {
  /** Sets the time at which the show is stopped, over any time before. */
  set(breakoutId: string, at: string): Promise<void>;
}

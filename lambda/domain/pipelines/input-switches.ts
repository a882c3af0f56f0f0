/** A switch of a running channel to one of its inputs. */
export interface InputSwitch {
  readonly channelId: string;
  /** The name of the input's attachment. */
  readonly input: string;
  /** The same whenever the same switch is asked for again: it is carried out once. Up to 100 letters, digits and hyphens. */
  readonly name: string;
}

/** Switches the inputs of running channels, by their schedules. */
export interface InputSwitches {
  /** Switches at once. Asking again by the same name changes nothing. @throws NotFoundError, ConflictError, UnavailableError */
  switchTo(command: InputSwitch): Promise<void>;
  /** Forgets the switches of an idle channel, so that its next run begins as it is declared. @throws NotFoundError, UnavailableError */
  clear(channelId: string): Promise<void>;
}

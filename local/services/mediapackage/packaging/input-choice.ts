/** Which of the two ingest endpoints a show is packaged from, the same for all of its renditions. */
export class InputChoice {
  readonly #onSwitch: (from: number, to: number) => void;
  #active = 0;
  #isUsed = false;

  constructor(onSwitch: (from: number, to: number) => void) {
    this.#onSwitch = onSwitch;
  }

  get active(): number {
    return this.#active;
  }

  get other(): number {
    return 1 - this.#active;
  }

  /** Notes that a chunk was taken from an endpoint. */
  use(input: number): void {
    const before = this.#active;
    this.#active = input;
    if (this.#isUsed && before !== input) this.#onSwitch(before, input);
    this.#isUsed = true;
  }
}

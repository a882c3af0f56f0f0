const secondMilliseconds = 1000;

/** How many pictures came in the last second. */
export class PictureRate {
  #arrivals: number[] = [];

  count(now: number): void {
    this.#arrivals.push(now);
    this.#forget(now);
  }

  at(now: number): number {
    this.#forget(now);
    return this.#arrivals.length;
  }

  #forget(now: number): void {
    const first = this.#arrivals.findIndex((at) => at > now - secondMilliseconds);
    this.#arrivals = first < 0 ? [] : this.#arrivals.slice(first);
  }
}

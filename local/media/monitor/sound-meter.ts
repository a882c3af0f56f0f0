/** What is quieter is silence: -60 dBFS of a sample of 16 bits. */
const silentPeak = 32_768 / 1000;
const secondMilliseconds = 1000;

/** Tells from samples of 16 bits when something was heard last, and how loud the last second was. */
export class SoundMeter {
  #begunAt: number | undefined;
  #heardAt = -Infinity;
  #peaks: { readonly at: number; readonly peak: number }[] = [];
  #odd: Buffer = Buffer.alloc(0);

  /** Something comes from the publisher, with or without sound. */
  begin(now: number): void {
    this.#begunAt ??= now;
  }

  take(bytes: Buffer, now: number): void {
    const samples = Buffer.concat([this.#odd, bytes]);
    const whole = samples.length - (samples.length % 2);
    this.#odd = samples.subarray(whole);
    let peak = 0;
    for (let offset = 0; offset < whole; offset += 2) peak = Math.max(peak, Math.abs(samples.readInt16LE(offset)));
    if (peak > silentPeak) this.#heardAt = now;
    this.#peaks = [...this.#peaks.filter(({ at }) => at > now - secondMilliseconds), { at: now, peak }];
  }

  silentMilliseconds(now: number): number {
    return this.#begunAt === undefined ? 0 : now - Math.max(this.#heardAt, this.#begunAt);
  }

  /** The loudest sample of the last second; absent when none came, -90 when all were zero. */
  levelDbfs(now: number): number | undefined {
    const recent = this.#peaks.filter(({ at }) => at > now - secondMilliseconds);
    if (recent.length === 0) return undefined;
    return Math.max(-90, 20 * Math.log10(Math.max(...recent.map(({ peak }) => peak)) / 32_768));
  }

  forget(): void {
    this.#begunAt = undefined;
    this.#heardAt = -Infinity;
    this.#peaks = [];
    this.#odd = Buffer.alloc(0);
  }
}

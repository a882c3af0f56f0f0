import type { RtpCounters } from './receiving.ts';

type Count = Exclude<keyof RtpCounters, 'lossSeconds' | 'errorSeconds' | 'packetsLost'>;

/** Counts what an RTP endpoint receives. */
export class ReceptionTally {
  readonly #counts: Record<Count, number> = {
    packetsReceived: 0, packetsRepeated: 0, packetsRefused: 0, packetsOfRivals: 0, datagramsUnreadable: 0, packetsDiscarded: 0, bytes: 0,
  };
  #lost = 0;
  #errorSeconds = 0;
  #lastErrorSecond = -1;
  #lossSeconds = 0;
  #heardAt: number | undefined;

  add(count: Count, amount = 1): void {
    this.#counts[count] += amount;
  }

  /** The source is there. A silence that ends counts its whole seconds. */
  heard(now: number): void {
    this.#lossSeconds += this.#silentSeconds(now);
    this.#heardAt = now;
  }

  /** Nobody waits for the source any more: its silence is no loss. */
  forget(now: number): void {
    this.#lossSeconds += this.#silentSeconds(now);
    this.#heardAt = undefined;
  }

  lose(packets: number, now: number): void {
    if (packets === 0) return;
    this.#lost += packets;
    this.spoil(now);
  }

  /** Something went wrong in this second. */
  spoil(now: number): void {
    const second = Math.floor(now / 1000);
    if (second === this.#lastErrorSecond) return;
    this.#lastErrorSecond = second;
    this.#errorSeconds += 1;
  }

  at(now: number): RtpCounters {
    return { ...this.#counts, packetsLost: this.#lost, errorSeconds: this.#errorSeconds, lossSeconds: this.#lossSeconds + this.#silentSeconds(now) };
  }

  #silentSeconds(now: number): number {
    return this.#heardAt === undefined ? 0 : Math.max(0, Math.floor((now - this.#heardAt) / 1000));
  }
}

/** What a buffer may hold back while it waits for a missing packet. */
export interface SequenceLimits {
  readonly packets: number;
  readonly milliseconds: number;
}

/** 64 packets of seven transport packets are 135 ms at 5 Mbit/s; networks that reorder do it within a few. */
const defaultSequenceLimits: SequenceLimits = { packets: 64, milliseconds: 100 };

interface Held {
  readonly payload: Buffer;
  readonly at: number;
}

const span = 0x10000;
/** Sequence numbers whose arrival is remembered, to tell a repeated packet from a late one. */
const remembered = 1024;
/** A step beyond this is a sender's new numbering (RFC 3550, appendix A.1), once the next packet confirms it. */
const largestStep = 1000;

/** Puts a source's packets in the order of their sequence numbers. A gap holds what follows back, within limits; what is in order passes at once. */
export class SequenceBuffer {
  readonly #deliver: (payload: Buffer) => void;
  readonly #limits: SequenceLimits;
  readonly #held = new Map<number, Held>();
  readonly #seen = new Int32Array(remembered).fill(-1);
  #next: number | undefined;
  #confirming: number | undefined;
  #lost = 0;

  constructor(deliver: (payload: Buffer) => void, limits: SequenceLimits = defaultSequenceLimits) {
    this.#deliver = deliver;
    this.#limits = limits;
  }

  /** Packets that were given up. */
  get lost(): number {
    return this.#lost;
  }

  /** Takes a packet: `repeated` when it has come before, `late` when it was given up before, `stray` when its number is far from the others. */
  push(sequence: number, payload: Buffer, now: number): 'taken' | 'repeated' | 'late' | 'stray' {
    this.#next ??= sequence;
    if (Math.abs(stepTo(sequence, this.#next)) > largestStep && !this.#renumbers(sequence)) return 'stray';
    if (this.#seen[sequence % remembered] === sequence) return 'repeated';
    if (stepTo(sequence, this.#next) < 0) return 'late';
    this.#confirming = undefined;
    this.#seen[sequence % remembered] = sequence;
    this.#held.set(sequence, { payload, at: now });
    this.#drain();
    if (this.#held.size > this.#limits.packets) this.#skipGap();
    return 'taken';
  }

  /** Gives up on packets that did not come in time. */
  expire(now: number): void {
    for (;;) {
      const first = this.#firstHeld();
      const held = first === undefined ? undefined : this.#held.get(first);
      if (held === undefined || now - held.at < this.#limits.milliseconds) return;
      this.#skipGap();
    }
  }

  #renumbers(sequence: number): boolean {
    const isConfirmed = this.#confirming === sequence;
    this.#confirming = (sequence + 1) % span;
    if (!isConfirmed) return false;
    while (this.#held.size > 0) this.#skipGap();
    this.#seen.fill(-1);
    this.#next = sequence;
    return true;
  }

  #drain(): void {
    for (;;) {
      const sequence = this.#next ?? 0;
      const held = this.#held.get(sequence);
      if (held === undefined) return;
      this.#held.delete(sequence);
      this.#next = (sequence + 1) % span;
      this.#deliver(held.payload);
    }
  }

  #skipGap(): void {
    const [first, next] = [this.#firstHeld(), this.#next];
    if (first === undefined || next === undefined) return;
    this.#lost += stepTo(first, next);
    this.#next = first;
    this.#drain();
  }

  #firstHeld(): number | undefined {
    const next = this.#next ?? 0;
    let first: number | undefined;
    for (const sequence of this.#held.keys()) if (first === undefined || stepTo(sequence, next) < stepTo(first, next)) first = sequence;
    return first;
  }
}

/** How far a sequence number is from another, over the wrap of 16 bits: −32768 to 32767. */
const stepTo = (sequence: number, from: number): number => ((sequence - from + span + span / 2) % span) - span / 2;

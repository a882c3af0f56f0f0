import { EventEmitter, once } from 'node:events';
import type { HeaderList } from '../header-list.ts';

/** The first and the last byte of a part, counted from 0, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** A response that is kept, or that is arriving: several viewers read it while the origin still sends. */
export class CachedObject {
  readonly status: number;
  readonly headers: HeaderList;
  /** When the origin sent it or confirmed it, in milliseconds since the epoch. */
  readonly storedAt: number;
  readonly freshUntil: number;
  readonly #chunks: Buffer[];
  readonly #progress = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  #state: 'arriving' | 'complete' | 'failed' = 'arriving';
  #bytes = 0;

  constructor(head: { readonly status: number; readonly headers: HeaderList; readonly storedAt: number; readonly freshUntil: number }, chunks: readonly Buffer[] = []) {
    this.status = head.status;
    this.headers = head.headers;
    this.storedAt = head.storedAt;
    this.freshUntil = head.freshUntil;
    this.#chunks = [...chunks];
    for (const chunk of chunks) this.#bytes += chunk.length;
  }

  /** Bytes that have arrived. */
  get bytes(): number {
    return this.#bytes;
  }

  get isComplete(): boolean {
    return this.#state === 'complete';
  }

  get hasFailed(): boolean {
    return this.#state === 'failed';
  }

  append(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#progress.emit('progress');
  }

  /** No more bytes come; `failed` when the origin broke off. */
  finish(state: 'complete' | 'failed'): void {
    this.#state = state;
    this.#progress.emit('progress');
  }

  /** Resolves when all bytes have arrived. Throws when the origin broke off. */
  async completed(): Promise<void> {
    while (this.#state === 'arriving') await once(this.#progress, 'progress');
    if (this.#state === 'failed') throw new Error('the origin broke off its response');
  }

  /** The same object confirmed by the origin, with its new headers. */
  renewed(headers: HeaderList, storedAt: number, freshUntil: number): CachedObject {
    const next = new CachedObject({ status: this.status, headers, storedAt, freshUntil }, this.#chunks);
    next.finish('complete');
    return next;
  }

  /** The bytes of the range (all when absent), as they arrive. Throws when the origin breaks off. */
  async *read(range?: ByteRange): AsyncGenerator<Buffer> {
    const first = range?.first ?? 0;
    const end = range === undefined ? Infinity : range.last + 1;
    let offset = 0;
    for (let index = 0; offset < end; index += 1) {
      while (index >= this.#chunks.length && this.#state === 'arriving') await once(this.#progress, 'progress');
      const chunk = this.#chunks[index];
      if (chunk === undefined) break;
      const part = chunk.subarray(Math.max(0, first - offset), Math.min(chunk.length, end - offset));
      offset += chunk.length;
      if (part.length > 0) yield part;
    }
    if (this.#state === 'failed' && offset < end) throw new Error('the origin broke off its response');
  }
}

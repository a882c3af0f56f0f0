/** Pieces of media that were made when they were first asked for. Who asks while one is being made waits for the same work. */
export class PieceCache {
  readonly #mostBytes: number;
  readonly #pieces = new Map<string, { readonly piece: Promise<Buffer>; bytes: number }>();
  #bytes = 0;

  /** @param mostBytes of all pieces together; what was asked for longest ago goes first, and is made anew when it is asked for again. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The piece with this name. What could not be made is tried again by the next to ask. */
  get(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#pieces.get(name);
    if (known !== undefined) {
      this.#pieces.delete(name);
      this.#pieces.set(name, known);
      return known.piece;
    }
    const entry = { bytes: 0, piece: make() };
    this.#pieces.set(name, entry);
    entry.piece.then(({ length }) => this.#count(name, entry, length), () => this.#pieces.delete(name));
    return entry.piece;
  }

  #count(name: string, entry: { bytes: number }, length: number): void {
    if (this.#pieces.get(name) !== entry) return;
    entry.bytes = length;
    this.#bytes += length;
    for (const [oldest, { bytes }] of this.#pieces) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#pieces.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

const endOfImage = Buffer.from([0xff, 0xd9]);

/** Cuts a row of JPEG pictures, as ffmpeg writes it, into pictures. Inside a picture its end mark does not occur. */
export class JpegSplitter {
  #pending: Buffer = Buffer.alloc(0);

  /** The pictures that these bytes complete. */
  take(bytes: Buffer): readonly Buffer[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const pictures: Buffer[] = [];
    for (let end = this.#pending.indexOf(endOfImage); end >= 0; end = this.#pending.indexOf(endOfImage)) {
      pictures.push(Buffer.from(this.#pending.subarray(0, end + endOfImage.length)));
      this.#pending = this.#pending.subarray(end + endOfImage.length);
    }
    return pictures;
  }
}

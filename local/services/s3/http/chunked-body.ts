import { Transform, type TransformCallback } from 'node:stream';
import { S3Error } from '../s3-error.ts';

type Expecting = 'size' | 'data' | 'dataEnd' | 'trailer' | 'end';

const longestLine = 8192;

/**
 * Decodes `aws-chunked` content, as current SDKs send it: `<hex size>[;chunk-signature=…]\r\n<data>\r\n`…, an empty chunk,
 * then trailers such as the checksum. Source: "Signature calculations for trailing headers", S3 API reference.
 */
export class ChunkedBodyDecoder extends Transform {
  /** Trailers, by lower-case name; complete when the stream has ended. */
  readonly trailers = new Map<string, string>();
  #expecting: Expecting = 'size';
  #pending: Buffer = Buffer.alloc(0);
  #remaining = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    try {
      while (this.#step());
      callback();
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(callback: TransformCallback): void {
    const complete = this.#expecting === 'trailer' || this.#expecting === 'end';
    callback(complete ? null : new S3Error('IncompleteBody', 400, 'The request body terminated unexpectedly.'));
  }

  /** Whether it got further and there may be more to do. */
  #step(): boolean {
    if (this.#expecting === 'data') return this.#takeData();
    if (this.#expecting === 'end') return false;
    const line = this.#takeLine();
    if (line === undefined) return false;
    if (this.#expecting === 'size') this.#readSize(line);
    else if (this.#expecting === 'dataEnd') this.#readDataEnd(line);
    else this.#readTrailer(line);
    return true;
  }

  #takeData(): boolean {
    if (this.#pending.length === 0) return false;
    const data = this.#pending.subarray(0, this.#remaining);
    this.#pending = this.#pending.subarray(data.length);
    this.#remaining -= data.length;
    this.push(data);
    if (this.#remaining === 0) this.#expecting = 'dataEnd';
    return true;
  }

  #takeLine(): string | undefined {
    const end = this.#pending.indexOf('\r\n');
    if (end < 0) {
      if (this.#pending.length > longestLine) throw new S3Error('InvalidRequest', 400, 'A line of the chunked body is too long.');
      return undefined;
    }
    const line = this.#pending.subarray(0, end).toString('latin1');
    this.#pending = this.#pending.subarray(end + 2);
    return line;
  }

  #readSize(line: string): void {
    const size = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(line)?.[1];
    if (size === undefined) throw new S3Error('InvalidRequest', 400, 'The chunked body has no valid chunk size.');
    this.#remaining = Number.parseInt(size, 16);
    this.#expecting = this.#remaining === 0 ? 'trailer' : 'data';
  }

  #readDataEnd(line: string): void {
    if (line !== '') throw new S3Error('InvalidRequest', 400, 'A chunk of the body is longer than it says.');
    this.#expecting = 'size';
  }

  #readTrailer(line: string): void {
    if (line === '') {
      this.#expecting = 'end';
      return;
    }
    const [name = '', ...value] = line.split(':');
    this.trailers.set(name.trim().toLowerCase(), value.join(':').trim());
  }
}

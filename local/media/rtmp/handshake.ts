import { randomBytes } from 'node:crypto';
import { RtmpProtocolError } from './protocol-error.ts';

const version = 3;
const packetBytes = 1536;

/** The server's side of the simple handshake (RTMP 1.0, section 5.2). Feed it bytes until it is done. */
export class Handshake {
  #pending: Buffer = Buffer.alloc(0);
  #answered = false;

  /** What to answer to these bytes; `rest` holds what followed the handshake once it is complete. */
  read(bytes: Buffer): { readonly answer?: Buffer; readonly rest?: Buffer } {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const first = this.#pending[0];
    if (!this.#answered && first !== undefined && first !== version) throw new RtmpProtocolError(`RTMP version ${first}, expected ${version}`);
    const answer = this.#answer();
    if (!this.#answered || this.#pending.length < packetBytes) return answer === undefined ? {} : { answer };
    const rest = this.#pending.subarray(packetBytes);
    return answer === undefined ? { rest } : { answer, rest };
  }

  #answer(): Buffer | undefined {
    if (this.#answered || this.#pending.length < 1 + packetBytes) return undefined;
    const client = this.#pending.subarray(1, 1 + packetBytes);
    this.#pending = this.#pending.subarray(1 + packetBytes);
    this.#answered = true;
    const own = Buffer.concat([Buffer.alloc(8), randomBytes(packetBytes - 8)]);
    return Buffer.concat([Buffer.from([version]), own, client]);
  }
}

import { messageType, type RtmpMessage } from './message.ts';
import { RtmpProtocolError } from './protocol-error.ts';

/** What one connection may make this server hold. */
export interface ChunkLimits {
  readonly messageBytes: number;
  readonly chunkBytes: number;
  readonly chunkStreams: number;
  /** Bytes of unfinished messages over all chunk streams. */
  readonly unfinishedBytes: number;
}

/** A 1080p key frame has a few hundred kB; encoders announce chunks of 4096 (OBS) to 65536 bytes. */
export const defaultChunkLimits: ChunkLimits = { messageBytes: 8_388_608, chunkBytes: 1_048_576, chunkStreams: 64, unfinishedBytes: 16_777_216 };

interface ChunkStream {
  timestamp: number;
  delta: number;
  length: number;
  type: number;
  streamId: number;
  extended: boolean;
  /** Holds what was received; grows with it, never by what a header announces. */
  body: Buffer;
  received: number;
}

interface ChunkHead {
  readonly format: number;
  readonly id: number;
  readonly bytes: number;
}

const headerBytes = [11, 7, 3, 0] as const;
const longestHeadBytes = 3 + 11 + 4;
const extendedMark = 0xffffff;

/** Turns a connection's bytes into messages (RTMP 1.0, section 5.3), within limits. Throws {@link RtmpProtocolError} beyond them. */
export class ChunkReader {
  readonly #limits: ChunkLimits;
  readonly #streams = new Map<number, ChunkStream>();
  /** The beginning of a chunk's head. */
  #pending: Buffer = Buffer.alloc(0);
  #current: { readonly stream: ChunkStream; remaining: number } | undefined;
  #chunkSize = 128;
  #unfinished = 0;

  constructor(limits: ChunkLimits = defaultChunkLimits) {
    this.#limits = limits;
  }

  /** Yields the messages that these bytes complete. A new chunk size applies from the next chunk on. */
  *read(bytes: Buffer): Generator<RtmpMessage> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#current === undefined) {
        const taken = this.#begin(bytes, at);
        if (taken === undefined) return;
        at += taken;
      }
      const part = bytes.subarray(at, at + (this.#current?.remaining ?? 0));
      at += part.length;
      const message = this.#append(part);
      if (message !== undefined && !this.#applied(message)) yield message;
    }
  }

  /** Begins a chunk; answers how many of these bytes its head takes, or keeps them when they do not complete it. */
  #begin(bytes: Buffer, at: number): number | undefined {
    const before = this.#pending.length;
    const head = before === 0 ? bytes.subarray(at, at + longestHeadBytes) : Buffer.concat([this.#pending, bytes.subarray(at, at + longestHeadBytes)]);
    const length = this.#chunk(head);
    // A copy of its own: what remains must not keep a larger buffer alive.
    this.#pending = length === undefined ? Buffer.from(head) : Buffer.alloc(0);
    return length === undefined ? undefined : length - before;
  }

  #chunk(bytes: Buffer): number | undefined {
    const head = readHead(bytes);
    if (head === undefined) return undefined;
    const fields = bytes.subarray(head.bytes);
    const known = this.#streams.get(head.id);
    const size = headerBytes[head.format] ?? 0;
    if (fields.length < size) return undefined;
    const extended = head.format === 3 ? (known?.extended ?? false) : fields.readUIntBE(0, 3) === extendedMark;
    const bodyAt = size + (extended ? 4 : 0);
    if (fields.length < bodyAt) return undefined;
    const stream = known ?? this.#open(head);
    const next = readFields(head.format, stream, fields, size, extended);
    this.#check(next.length);
    Object.assign(stream, next);
    this.#current = { stream, remaining: Math.min(this.#chunkSize, stream.length - stream.received) };
    return head.bytes + bodyAt;
  }

  #open(head: ChunkHead): ChunkStream {
    if (head.format !== 0 && head.format !== 1) throw new RtmpProtocolError(`chunk stream ${head.id} begins with a header of format ${head.format}`);
    if (this.#streams.size >= this.#limits.chunkStreams) throw new RtmpProtocolError(`more than ${this.#limits.chunkStreams} chunk streams`);
    const stream: ChunkStream = { timestamp: 0, delta: 0, length: 0, type: 0, streamId: 0, extended: false, body: empty, received: 0 };
    this.#streams.set(head.id, stream);
    return stream;
  }

  #check(length: number): void {
    if (length > this.#limits.messageBytes) throw new RtmpProtocolError(`message of ${length} bytes, at most ${this.#limits.messageBytes} are allowed`);
  }

  #append(part: Buffer): RtmpMessage | undefined {
    const current = this.#current;
    if (current === undefined) return undefined;
    const { stream } = current;
    this.#unfinished += part.length;
    if (this.#unfinished > this.#limits.unfinishedBytes) throw new RtmpProtocolError(`more than ${this.#limits.unfinishedBytes} bytes of unfinished messages`);
    const received = stream.received + part.length;
    if (stream.body.length < received) stream.body = grown(stream.body, Math.min(stream.length, 2 * received));
    part.copy(stream.body, stream.received);
    stream.received = received;
    current.remaining -= part.length;
    if (current.remaining > 0) return undefined;
    this.#current = undefined;
    if (received < stream.length) return undefined;
    const payload = stream.body.subarray(0, received);
    this.#discard(stream);
    return { type: stream.type, streamId: stream.streamId, timestamp: stream.timestamp, payload };
  }

  #discard(stream: ChunkStream): void {
    this.#unfinished -= stream.received;
    stream.body = empty;
    stream.received = 0;
  }

  #applied(message: RtmpMessage): boolean {
    if (message.type !== messageType.setChunkSize && message.type !== messageType.abort) return false;
    if (message.payload.length < 4) throw new RtmpProtocolError(`control message ${message.type} of ${message.payload.length} bytes`);
    const value = message.payload.readUInt32BE();
    if (message.type === messageType.setChunkSize) this.#resize(value);
    else {
      const aborted = this.#streams.get(value);
      if (aborted !== undefined) this.#discard(aborted);
    }
    return true;
  }

  #resize(bytes: number): void {
    if (bytes < 1 || bytes > this.#limits.chunkBytes) throw new RtmpProtocolError(`chunk size ${bytes}, allowed are 1 to ${this.#limits.chunkBytes}`);
    this.#chunkSize = bytes;
  }
}

const empty: Buffer = Buffer.alloc(0);

const grown = (body: Buffer, bytes: number): Buffer => {
  const larger = Buffer.allocUnsafe(bytes);
  body.copy(larger);
  return larger;
};

const readHead = (bytes: Buffer): ChunkHead | undefined => {
  const first = bytes[0];
  if (first === undefined) return undefined;
  const [format, low] = [first >> 6, first & 0x3f];
  if (low >= 2) return { format, id: low, bytes: 1 };
  const size = low === 0 ? 2 : 3;
  if (bytes.length < size) return undefined;
  return { format, id: 64 + bytes.readUInt8(1) + (low === 1 ? 256 * bytes.readUInt8(2) : 0), bytes: size };
};

type Fields = Pick<ChunkStream, 'timestamp' | 'delta' | 'length' | 'type' | 'streamId' | 'extended'>;

const readFields = (format: number, stream: ChunkStream, bytes: Buffer, size: number, extended: boolean): Fields => {
  if (format === 3) return stream.received > 0 ? stream : { ...stream, timestamp: (stream.timestamp + stream.delta) >>> 0 };
  if (stream.received > 0) throw new RtmpProtocolError('a message begins before the one on its chunk stream has ended');
  const time = extended ? bytes.readUInt32BE(size) : bytes.readUIntBE(0, 3);
  return {
    timestamp: format === 0 ? time : (stream.timestamp + time) >>> 0,
    // After an absolute time, a header of format 3 repeats it as delta (section 5.3.1.2.4); encoders mean none.
    delta: format === 0 ? 0 : time,
    length: format === 2 ? stream.length : bytes.readUIntBE(3, 3),
    type: format === 2 ? stream.type : bytes.readUInt8(6),
    streamId: format === 0 ? bytes.readUInt32LE(7) : stream.streamId,
    extended,
  };
};

import type { FlvTag } from '../flv/flv-tag.ts';
import { isAmfObject, readAmfValues, type AmfValue } from './amf0-reader.ts';
import { writeAmfValue } from './amf0-writer.ts';
import { ChunkReader, type ChunkLimits } from './chunk-reader.ts';
import { Handshake } from './handshake.ts';
import { messageType, type RtmpMessage } from './message.ts';
import { RtmpProtocolError } from './protocol-error.ts';
import { acknowledgementInterval, mediaStreamId, replies } from './replies.ts';

/** What a session needs of its connection and of the server. */
export interface SessionHost {
  send(bytes: Buffer): void;
  /** Sends what is pending, then closes. */
  close(reason: string): void;
  knows(application: string): boolean;
  /** Claims a stream name; answers why not when it is refused. */
  claim(application: string, instance: string, query: string): string | undefined;
  release(): void;
  media(tag: FlvTag): void;
}

const mediaKinds = new Map<number, FlvTag['kind']>([
  [messageType.audio, 'audio'],
  [messageType.video, 'video'],
  [messageType.dataAmf0, 'script'],
]);
/** MediaLive's own stream names have at most 255 characters. */
const longestName = 1024;

/** A name without its query. */
const readName = (value: AmfValue, what: string): string => {
  const name = typeof value === 'string' ? value : '';
  if (name.length > longestName) throw new RtmpProtocolError(`${what} of ${name.length} characters, at most ${longestName} are allowed`);
  return name.split('?', 1)[0] ?? '';
};

/** A `connect` of an encoder has a few hundred bytes. */
const longestCommandBytes = 65_536;

const dataFrameMark = writeAmfValue('@setDataFrame');

/** One encoder's conversation, from handshake to the end of its stream. Media before an accepted `publish` is a protocol error. */
export class PublishSession {
  readonly #host: SessionHost;
  readonly #handshake = new Handshake();
  readonly #chunks: ChunkReader;
  #phase: 'handshake' | 'open' | 'connected' | 'publishing' | 'closed' = 'handshake';
  #application = '';
  #received = 0;
  #acknowledged = 0;
  #interval = acknowledgementInterval;

  constructor(host: SessionHost, limits?: ChunkLimits) {
    this.#host = host;
    this.#chunks = new ChunkReader(limits);
  }

  isPublishing(): boolean {
    return this.#phase === 'publishing';
  }

  /** Takes what the encoder sent. Throws {@link RtmpProtocolError} when it cannot be RTMP. */
  read(bytes: Buffer): void {
    if (this.#phase === 'closed') return;
    this.#received += bytes.length;
    if (this.#phase !== 'handshake') this.#messages(bytes);
    else this.#shakeHands(bytes);
    if (this.#phase !== 'handshake' && this.#received - this.#acknowledged >= this.#interval) {
      this.#acknowledged = this.#received;
      this.#host.send(replies.acknowledgement(this.#received));
    }
  }

  #shakeHands(bytes: Buffer): void {
    const { answer, rest } = this.#handshake.read(bytes);
    if (answer !== undefined) this.#host.send(answer);
    if (rest === undefined) return;
    this.#phase = 'open';
    this.#messages(rest);
  }

  #messages(bytes: Buffer): void {
    for (const message of this.#chunks.read(bytes)) {
      if (this.isClosed()) return;
      this.#message(message);
    }
  }

  isClosed(): boolean {
    return this.#phase === 'closed';
  }

  #message(message: RtmpMessage): void {
    const kind = mediaKinds.get(message.type);
    if (kind !== undefined) {
      this.#media(kind, message);
      return;
    }
    if (message.type === messageType.commandAmf0) this.#command(message.payload);
    // AMF3 commands begin with a byte that says "AMF0 follows".
    else if (message.type === messageType.commandAmf3) this.#command(message.payload.subarray(1));
    else if (message.type === messageType.userControl) this.#control(message.payload);
    else if (message.type === messageType.windowAcknowledgementSize) this.#window(message.payload);
  }

  #media(kind: FlvTag['kind'], message: RtmpMessage): void {
    if (this.#phase !== 'publishing') throw new RtmpProtocolError(`${kind} data before publish was accepted`);
    if (message.payload.length === 0) return;
    const marked = kind === 'script' && message.payload.subarray(0, dataFrameMark.length).equals(dataFrameMark);
    this.#host.media({ kind, timestamp: message.timestamp, data: marked ? message.payload.subarray(dataFrameMark.length) : message.payload });
  }

  #control(payload: Buffer): void {
    const pingRequest = 6;
    if (payload.length >= 6 && payload.readUInt16BE() === pingRequest) this.#host.send(replies.pong(payload.subarray(2, 6)));
  }

  #window(payload: Buffer): void {
    const smallest = 65_536;
    if (payload.length >= 4) this.#interval = Math.min(acknowledgementInterval, Math.max(smallest, payload.readUInt32BE() / 2));
  }

  #command(payload: Buffer): void {
    if (payload.length > longestCommandBytes) throw new RtmpProtocolError(`command of ${payload.length} bytes, at most ${longestCommandBytes} are allowed`);
    const [name, transaction, object, argument] = readAmfValues(payload);
    const id = typeof transaction === 'number' ? transaction : 0;
    const handle = typeof name === 'string' ? this.#commands(id, object, argument).get(name) : undefined;
    // What encoders say beyond this (`_result`, `onBWDone`) wants no answer.
    handle?.();
  }

  #commands(id: number, object: AmfValue, argument: AmfValue): ReadonlyMap<string, () => void> {
    const agree = (): void => this.#host.send(replies.result(id, null));
    const unpublish = (): void => this.#unpublish();
    return new Map([
      ['connect', () => this.#connect(id, object)],
      ['releaseStream', agree],
      ['_checkbw', agree],
      ['FCPublish', () => this.#host.send(Buffer.concat([replies.result(id, null), replies.announced(readName(argument, 'stream name'))]))],
      ['createStream', () => this.#host.send(replies.result(id, mediaStreamId))],
      ['publish', () => this.#publish(argument)],
      ['FCUnpublish', unpublish],
      ['closeStream', unpublish],
      ['deleteStream', unpublish],
      ['play', () => this.#refuse('this server takes streams and plays none')],
    ]);
  }

  #connect(transaction: number, object: AmfValue): void {
    if (this.#phase !== 'open') throw new RtmpProtocolError('connect came twice');
    const application = isAmfObject(object) ? object.get('app') : undefined;
    this.#application = readName(application, 'application').replace(/\/+$/, '');
    if (this.#host.knows(this.#application)) {
      this.#phase = 'connected';
      this.#host.send(replies.connected(transaction));
      return;
    }
    this.#host.send(replies.rejected(transaction, 'no stream name with this application is valid now'));
    this.#close(`unknown application ${JSON.stringify(this.#application.slice(0, 80))}`);
  }

  #publish(name: AmfValue): void {
    if (this.#phase !== 'connected') throw new RtmpProtocolError(`publish while ${this.#phase}`);
    const instance = readName(name, 'stream name');
    const refusal = this.#host.claim(this.#application, instance, typeof name === 'string' ? name.slice(instance.length + 1) : '');
    if (refusal !== undefined) {
      this.#refuse(refusal);
      return;
    }
    this.#phase = 'publishing';
    this.#host.send(replies.publishing(instance));
  }

  #unpublish(): void {
    if (this.#phase !== 'publishing') return;
    this.#phase = 'connected';
    this.#host.release();
    this.#host.send(replies.unpublished());
  }

  #refuse(reason: string): void {
    this.#host.send(replies.refused(reason));
    this.#close(reason);
  }

  #close(reason: string): void {
    this.#phase = 'closed';
    this.#host.close(reason);
  }
}

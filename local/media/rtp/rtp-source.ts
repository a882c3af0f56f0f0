import type { FlvTag } from '../flv/flv-tag.ts';
import type { PublisherSink } from '../rtmp/publishing.ts';
import type { ReceptionTally } from './reception-tally.ts';
import type { RtpPacket } from './rtp-packet.ts';
import { SequenceBuffer } from './sequence-buffer.ts';
import { StreamRemux, type StreamRemuxOptions } from './stream-remux.ts';

/** What the stay of a source at an endpoint needs. */
export interface RtpSourceOptions extends Pick<StreamRemuxOptions, 'startProgram' | 'now'> {
  readonly sink: PublisherSink;
  /** Address and port of the first packet. */
  readonly origin: string;
  readonly remoteAddress: string;
  readonly tally: ReceptionTally;
  onUnsupported(reason: string): void;
  log(message: string): void;
  /** The sink sent the source away. */
  onDisconnect(): void;
}

/** How long a source is silent before another one may take its place. */
const takeoverMilliseconds = 500;

/** One source of RTP at an endpoint, from its first packet until it is silent for too long or sent away. Its sink begins with its first tag. */
export class RtpSource {
  readonly #options: RtpSourceOptions;
  readonly #remux: StreamRemux;
  #buffer: SequenceBuffer;
  #origin: string;
  #identity: number | undefined;
  #heardAt: number;
  #lostBefore = 0;
  #hasBegun = false;
  #isOver = false;

  constructor(options: RtpSourceOptions) {
    this.#options = options;
    this.#origin = options.origin;
    this.#heardAt = options.now();
    this.#remux = this.#createRemux();
    this.#buffer = this.#createBuffer();
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  get sink(): PublisherSink {
    return this.#options.sink;
  }

  /** Takes a packet of whoever sends to the endpoint. */
  take({ sequence, source, payload }: RtpPacket, origin: string): void {
    const { tally } = this.#options;
    const at = this.#options.now();
    if (!this.#isOurs(source, origin, at)) {
      tally.add('packetsOfRivals');
      return;
    }
    this.#heardAt = at;
    tally.heard(at);
    tally.add('packetsReceived');
    tally.add('bytes', payload.length);
    const outcome = this.#buffer.push(sequence, payload, at);
    if (outcome === 'repeated') tally.add('packetsRepeated');
    if (outcome === 'stray') tally.spoil(at);
    this.#countLosses(at);
  }

  /** Gives up on packets that are overdue. */
  tick(): void {
    const at = this.#options.now();
    this.#buffer.expire(at);
    this.#countLosses(at);
  }

  /** Ends the stay: the sink's `end` is called before it returns, no program runs when it resolves. */
  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leave();
    await this.#remux.close();
  }

  #isOurs(identity: number, origin: string, at: number): boolean {
    if (identity === this.#identity && origin === this.#origin) return true;
    const isFirst = this.#identity === undefined;
    // The same socket that names itself anew is one sender that began anew.
    if (!isFirst && origin !== this.#origin && at - this.#heardAt < takeoverMilliseconds) return false;
    if (!isFirst) this.#options.log(`rtp: ${origin} goes on in place of ${this.#origin}`);
    this.#identity = identity;
    this.#origin = origin;
    this.#buffer = this.#createBuffer();
    this.#lostBefore = 0;
    return true;
  }

  #createBuffer(): SequenceBuffer {
    return new SequenceBuffer((payload) => this.#remux.write(payload));
  }

  #createRemux(): StreamRemux {
    const { tally } = this.#options;
    return new StreamRemux({
      startProgram: (streams) => this.#options.startProgram(streams),
      now: () => this.#options.now(),
      onTag: (tag) => this.#hand(tag),
      onUnsupported: (reason) => {
        this.#leave();
        this.#options.onUnsupported(reason);
      },
      onDiscard: (packets) => {
        tally.add('packetsDiscarded', packets);
        tally.spoil(this.#options.now());
      },
      onFailure: (reason) => {
        tally.spoil(this.#options.now());
        this.#options.log(`rtp: ${this.#origin}: ${reason}`);
      },
    });
  }

  #hand(tag: FlvTag): void {
    if (!this.#hasBegun) this.#begin();
    // The sink may have sent its publisher away at once.
    if (this.#hasBegun && !this.#options.sink.write(tag)) this.#remux.pause();
  }

  #begin(): void {
    this.#hasBegun = true;
    this.#options.sink.begin({
      remoteAddress: this.#options.remoteAddress,
      resume: () => this.#remux.resume(),
      disconnect: (reason) => {
        if (this.#isOver) return;
        this.#options.log(`rtp: ${this.#origin} disconnected: ${reason}`);
        this.#options.onDisconnect();
      },
    });
  }

  #leave(): void {
    if (!this.#hasBegun) return;
    this.#hasBegun = false;
    this.#options.sink.end();
  }

  #countLosses(at: number): void {
    this.#options.tally.lose(this.#buffer.lost - this.#lostBefore, at);
    this.#lostBefore = this.#buffer.lost;
  }
}

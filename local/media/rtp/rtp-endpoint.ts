import type { RemoteInfo } from 'node:dgram';
import { isTransportStream } from '../mpegts/transport-packet.ts';
import { ReceptionTally } from './reception-tally.ts';
import type { RtpCounters, RtpReceiverOptions } from './receiving.ts';
import { isRtcp, readRtpPacket } from './rtp-packet.ts';
import { RtpSource } from './rtp-source.ts';
import type { StreamRemuxOptions } from './stream-remux.ts';

/** What an endpoint needs, its socket apart. */
export type RtpEndpointOptions = Omit<RtpReceiverOptions, 'port' | 'ffmpegPath'> & Pick<StreamRemuxOptions, 'startProgram'>;

const tickMilliseconds = 50;
/** How long a source that its sink sent away is ignored. */
const quietMilliseconds = 1000;

/** What happens to the datagrams of one port. One source at a time has it. */
export class RtpEndpoint {
  readonly #options: RtpEndpointOptions;
  readonly #tally = new ReceptionTally();
  readonly #closing = new AbortController();
  readonly #ending = new Set<Promise<void>>();
  #source: RtpSource | undefined;
  #quietUntil = 0;

  constructor(options: RtpEndpointOptions) {
    this.#options = options;
  }

  get counters(): RtpCounters {
    return this.#tally.at(this.#options.clock.now());
  }

  /** Takes a datagram. Whatever it holds can cost its sender the stream and nothing else. */
  receive(datagram: Buffer, { address, port }: Pick<RemoteInfo, 'address' | 'port'>): void {
    if (!this.#options.admits(address)) {
      this.#tally.add('packetsRefused');
      return;
    }
    if (isRtcp(datagram)) return;
    const packet = readRtpPacket(datagram);
    if (packet === undefined || !isTransportStream(packet.payload)) {
      this.#tally.add('datagramsUnreadable');
      this.#tally.spoil(this.#options.clock.now());
      return;
    }
    (this.#source ?? this.#open(address, port))?.take(packet, `${address}:${port}`);
  }

  /** The source's sink has ended and no program runs when it resolves. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#dismiss();
    await Promise.all(this.#ending);
  }

  #open(remoteAddress: string, port: number): RtpSource | undefined {
    const { clock, onUnsupported, log } = this.#options;
    const sink = clock.now() < this.#quietUntil || this.#closing.signal.aborted ? undefined : this.#options.findSink();
    if (sink === undefined) return undefined;
    const source = new RtpSource({
      sink, remoteAddress, origin: `${remoteAddress}:${port}`, tally: this.#tally,
      startProgram: (streams) => this.#options.startProgram(streams),
      now: () => clock.now(),
      onUnsupported: (reason) => onUnsupported?.(reason),
      log: (message) => log?.(message),
      onDisconnect: () => this.#sendAway(),
    });
    this.#source = source;
    log?.(`rtp: ${remoteAddress}:${port} sends`);
    void this.#watch(source);
    return source;
  }

  async #watch(source: RtpSource): Promise<void> {
    const { clock, stallMilliseconds = 3000, log } = this.#options;
    while (this.#source === source) {
      await clock.sleep(tickMilliseconds, this.#closing.signal);
      if (this.#source !== source || this.#closing.signal.aborted) return;
      source.tick();
      if (this.#options.findSink() !== source.sink) this.#sendAway();
      else if (stallMilliseconds > 0 && clock.now() - source.heardAt >= stallMilliseconds) {
        log?.(`rtp: no packet came for ${stallMilliseconds} ms`);
        this.#dismiss();
      }
    }
  }

  #sendAway(): void {
    this.#quietUntil = this.#options.clock.now() + quietMilliseconds;
    this.#tally.forget(this.#options.clock.now());
    this.#dismiss();
  }

  #dismiss(): void {
    const source = this.#source;
    if (source === undefined) return;
    this.#source = undefined;
    const ended = source.end();
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
  }
}

import { createServer, type Socket } from 'node:net';
import { listenOn } from '../../gateway/listener.ts';
import type { ChunkLimits } from './chunk-reader.ts';
import { RtmpProtocolError } from './protocol-error.ts';
import { PublishSession } from './publish-session.ts';
import type { Publisher, PublishAuthority, PublisherSink } from './publishing.ts';

/** How an ingest server behaves. */
export interface RtmpIngestOptions {
  readonly authority: PublishAuthority;
  /** @default 0, a free port */
  readonly port?: number;
  /** Time to complete the handshake and an accepted `publish`. @default 10 000 */
  readonly handshakeMilliseconds?: number;
  /** Time without a byte after which a publisher counts as gone. @default 30 000 */
  readonly stallMilliseconds?: number;
  /** @default 64 */
  readonly connections?: number;
  readonly limits?: ChunkLimits;
  /** Told why a connection was refused or ended. */
  readonly log?: (message: string) => void;
}

/** A listening RTMP server on 127.0.0.1. */
export interface RtmpIngest {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers to an encoder's commands are a few hundred bytes. */
const largestUnreadBytes = 262_144;

/** Starts the server. Rejects with what to do when the port is in use. */
export const startRtmpIngest = async (options: RtmpIngestOptions): Promise<RtmpIngest> => {
  const connections = new Set<Connection>();
  const publishing = new Map<string, Connection>();
  const server = createServer((socket) => {
    const connection = new Connection(socket, options, publishing);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  server.maxConnections = options.connections ?? 64;
  const { port } = await listenOn(server, options.port ?? 0);
  return {
    port,
    close: async () => {
      for (const connection of connections) connection.disconnect('the server closes');
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

/** One socket with its session; holds its stream name while it publishes and gives it up the moment the socket closes. */
class Connection implements Publisher {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #options: RtmpIngestOptions;
  readonly #publishing: Map<string, Connection>;
  readonly #session: PublishSession;
  #deadline: NodeJS.Timeout;
  #sink: PublisherSink | undefined;
  #name = '';
  #waiting = false;

  constructor(socket: Socket, options: RtmpIngestOptions, publishing: Map<string, Connection>) {
    this.#socket = socket;
    this.#options = options;
    this.#publishing = publishing;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.#session = new PublishSession({
      send: (bytes) => this.#send(bytes),
      close: (reason) => this.#end(reason),
      knows: (application) => options.authority.knows(application),
      claim: (application, instance, query) => this.#claim(application, instance, query),
      release: () => {
        this.#release();
        this.#deadline = this.#deadlineFromNow();
      },
      media: (tag) => this.#media(tag),
    }, options.limits);
    this.#deadline = this.#deadlineFromNow();
    socket.setNoDelay(true);
    socket.setTimeout(options.stallMilliseconds ?? 30_000, () => this.#stalled());
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => this.#release());
    socket.on('close', () => this.#release());
  }

  resume(): void {
    this.#waiting = false;
    this.#socket.resume();
  }

  disconnect(reason: string): void {
    if (this.#socket.destroyed) return;
    this.#options.log?.(`rtmp: ${this.remoteAddress} disconnected: ${reason}`);
    this.#release();
    this.#socket.destroy();
  }

  #send(bytes: Buffer): void {
    // A peer that asks and never reads the answers must not make this process keep them.
    if (this.#socket.writableLength > largestUnreadBytes) throw new RtmpProtocolError(`more than ${largestUnreadBytes} bytes of answers are unread`);
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  #read(bytes: Buffer): void {
    try {
      this.#session.read(bytes);
    } catch (error) {
      // Whatever a peer sends ends its own connection and nothing else.
      this.disconnect(error instanceof Error ? error.message : 'unreadable data');
    }
  }

  #claim(application: string, instance: string, query: string): string | undefined {
    const name = `${application}/${instance}`;
    const decision = this.#options.authority.resolve({ application, instance, query, remoteAddress: this.remoteAddress });
    if ('refusal' in decision) return decision.refusal;
    if (decision.isBesideOthers !== true) {
      if (this.#publishing.has(name)) return 'another encoder publishes this stream name';
      this.#name = name;
      this.#publishing.set(name, this);
    }
    this.#sink = decision.sink;
    clearTimeout(this.#deadline);
    this.#sink.begin(this);
    return undefined;
  }

  #media(tag: Parameters<PublisherSink['write']>[0]): void {
    if (this.#sink === undefined || this.#sink.write(tag)) return;
    this.#waiting = true;
    this.#socket.pause();
  }

  #release(): void {
    clearTimeout(this.#deadline);
    const sink = this.#sink;
    if (sink === undefined) return;
    this.#sink = undefined;
    if (this.#publishing.get(this.#name) === this) this.#publishing.delete(this.#name);
    sink.end();
  }

  #end(reason: string): void {
    this.#options.log?.(`rtmp: ${this.remoteAddress} refused: ${reason}`);
    clearTimeout(this.#deadline);
    // A peer that does not read the answer, or does not close its side in turn, is cut off.
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), 1000).unref();
  }

  /** Who does not publish by then has no place here. */
  #deadlineFromNow(): NodeJS.Timeout {
    return setTimeout(() => {
      if (!this.#session.isPublishing()) this.disconnect('nothing was published in time');
    }, this.#options.handshakeMilliseconds ?? 10_000).unref();
  }

  #stalled(): void {
    if (!this.#waiting) this.disconnect('no data came for too long');
  }
}

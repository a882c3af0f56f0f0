import type { Clock } from '../../runtime/clock.ts';
import type { PublisherSink } from '../rtmp/publishing.ts';

/** What an RTP endpoint has received since it was opened. Every number only grows. */
export interface RtpCounters {
  /** Packets taken from the source, in RTP and of MPEG-TS, repeated ones too. */
  readonly packetsReceived: number;
  /** Packets that never came, or too late to be put in their place. */
  readonly packetsLost: number;
  readonly packetsRepeated: number;
  /** Packets of addresses that are not admitted. */
  readonly packetsRefused: number;
  /** Packets of a second source while the first one still sends. */
  readonly packetsOfRivals: number;
  /** Datagrams that are no RTP of MPEG-TS: plain MPEG-TS over UDP too. */
  readonly datagramsUnreadable: number;
  /** Packets of the transport stream that were discarded because its reader could not keep up. */
  readonly packetsDiscarded: number;
  /** Bytes of transport stream taken. */
  readonly bytes: number;
  /** Whole seconds in which a source that had been there sent nothing. */
  readonly lossSeconds: number;
  /** Seconds in which at least one packet was lost, discarded or unreadable. */
  readonly errorSeconds: number;
}

/** What an RTP endpoint needs. */
export interface RtpReceiverOptions {
  /** @default 0, a free port */
  readonly port?: number;
  /** Whether an address may send now; asked for every packet. */
  admits(address: string): boolean;
  /** Where a source's media go, asked when its pictures begin; `undefined` while nothing takes the input. */
  findSink(): PublisherSink | undefined;
  readonly ffmpegPath: string;
  readonly clock: Clock;
  /** Time without a packet after which the sink is told that the source has gone; 0 for never. @default 3000, the input loss threshold of MediaLive */
  readonly stallMilliseconds?: number;
  /** Told once per change of programme what cannot be relayed: `HEVC video (stream type 0x24); allowed is H.264`. */
  readonly onUnsupported?: (reason: string) => void;
  /** Told of sources that come and go and of programs that fail. */
  readonly log?: (message: string) => void;
}

/** A UDP socket on 127.0.0.1 that takes MPEG-TS in RTP (RFC 3550, RFC 2250, payload type 33) and hands on FLV tags. */
export interface RtpReceiver {
  readonly port: number;
  readonly counters: RtpCounters;
  /** The source is disconnected (its sink's `end` is called) and every program has ended when it resolves. */
  close(): Promise<void>;
}

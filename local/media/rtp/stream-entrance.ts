import { relayableStreams, type Programme, type RelayableStreams } from '../mpegts/programme.ts';
import { ProgrammeWatch } from '../mpegts/programme-watch.ts';
import type { TransportPacket } from '../mpegts/transport-packet.ts';

/** What to do with a packet of a transport stream. */
export type EntranceStep =
  | { readonly step: 'pass' }
  /** Nothing can be read from here until a next beginning. */
  | { readonly step: 'wait' }
  /** A stream begins with these packets: tables, then a key frame and what came since. The one before has ended. */
  | { readonly step: 'begin'; readonly streams: RelayableStreams; readonly packets: readonly Buffer[] }
  /** The stream before has ended: this one cannot be relayed. */
  | { readonly step: 'refuse'; readonly reason: string };

/** How long a key frame is held for the first packet of announced sound, and how much. Encoders let sound follow within a second. */
const patience = { milliseconds: 1000, packets: 40_000 } as const;

interface Awaited {
  readonly programme: Programme;
  readonly streams: RelayableStreams;
}

/** Finds where in a transport stream reading can begin, so that a reader that starts there knows all parameters from its first packets. */
export class StreamEntrance {
  readonly #watch = new ProgrammeWatch();
  #awaited: Awaited | undefined;
  /** From the key frame on, while sound is awaited. */
  #held: Buffer[] | undefined;
  #heldSince = 0;
  #isOpen = false;
  #hasSound = false;
  #opensWithSound = false;

  /** Takes the next packet. */
  take(packet: TransportPacket, now: number): EntranceStep {
    const changed = this.#watch.read(packet);
    if (changed !== undefined) return this.#change(changed);
    const awaited = this.#awaited;
    if (awaited === undefined) return { step: 'wait' };
    const { video, audio } = awaited.streams;
    this.#hasSound ||= packet.pid === audio?.pid && packet.beginsUnit;
    const isKey = packet.pid === video.pid && beginsKeyFrame(packet);
    // Sound that came late joins at the next key frame.
    if (this.#isOpen && !(isKey && this.#hasSound && !this.#opensWithSound)) return { step: 'pass' };
    if (isKey && this.#held === undefined) this.#hold(now);
    return this.#release(packet, awaited, now);
  }

  /** Whoever read the stream has ended: it has to begin again. */
  reopen(): void {
    this.#isOpen = false;
    this.#held = undefined;
    this.#hasSound = false;
  }

  #change(programme: Programme): EntranceStep {
    const streams = relayableStreams(programme);
    this.reopen();
    this.#awaited = 'reason' in streams ? undefined : { programme, streams };
    return 'reason' in streams ? { step: 'refuse', reason: streams.reason } : { step: 'wait' };
  }

  #hold(now: number): void {
    this.#held = [];
    this.#heldSince = now;
  }

  #release(packet: TransportPacket, { programme, streams }: Awaited, now: number): EntranceStep {
    const held = this.#held;
    if (held === undefined) return { step: 'wait' };
    held.push(packet.bytes);
    const isPatient = now - this.#heldSince < patience.milliseconds && held.length < patience.packets;
    if (streams.audio !== undefined && !this.#hasSound && isPatient) return { step: 'wait' };
    this.#isOpen = true;
    this.#held = undefined;
    this.#opensWithSound = this.#hasSound;
    return { step: 'begin', streams: this.#hasSound ? streams : { video: streams.video }, packets: [...programme.tables, ...held] };
  }
}

/** Whether decoding can begin with a picture: its sender says so, or a sequence parameter set or an IDR slice stands at its beginning. */
const beginsKeyFrame = ({ beginsUnit, isRandomAccess, payload }: TransportPacket): boolean => {
  if (!beginsUnit) return false;
  if (isRandomAccess) return true;
  for (let at = payload.indexOf(startCode); at >= 0 && at + 3 < payload.length; at = payload.indexOf(startCode, at + 3)) {
    const kind = payload.readUInt8(at + 3);
    // The PES header's own start code has 0xe0 to 0xef here.
    if (kind < 0x80 && ((kind & 0x1f) === 5 || (kind & 0x1f) === 7)) return true;
  }
  return false;
};

const startCode = Buffer.from([0, 0, 1]);

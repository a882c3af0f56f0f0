import { readPacketHeader, ticksPerSecond, type PacketHeader } from '../mp4/source/elementary-streams.ts';
import { ProgrammeWatch } from './programme-watch.ts';
import { isH264Stream } from './programme.ts';
import { transportPacketBytes, transportPackets, type TransportPacket } from './transport-packet.ts';

/** A piece of a transport stream that begins with a picture, and with the tables that it is read by. */
export interface TransportPiece {
  readonly bytes: Buffer;
  /** When its first picture is decoded, in milliseconds after the first one of all. */
  readonly startMilliseconds: number;
  readonly durationMilliseconds: number;
  /** Whether its first picture is a key frame. */
  readonly isIndependent: boolean;
  /** Whether the piece that follows begins another segment. */
  readonly endsSegment: boolean;
}

/** How a transport stream is cut. */
export interface CutLengths {
  /** A piece ends with the picture that comes nearest to it. */
  readonly pieceMilliseconds: number;
  /** A segment ends before the first key frame from here on. */
  readonly segmentMilliseconds: number;
}

interface OpenPiece {
  readonly from: number;
  readonly isIndependent: boolean;
  readonly packets: Buffer[];
}

/** The piece that has begun while the one before it still lacks sound. */
interface FollowingPiece extends OpenPiece {
  /** When its first picture is shown: sound before that belongs to the piece before. */
  readonly shownFrom: number;
  readonly beginsSegment: boolean;
}

const ticksPerMillisecond = ticksPerSecond / 1000;
/** Key frames that are due come a little early where pictures do not divide the second. */
const earlyTicks = 50 * ticksPerMillisecond;
/** Sound that is later than that is not waited for. */
const latestSoundTicks = 250 * ticksPerMillisecond;

/**
 * Cuts a transport stream of one programme, which may come in any pieces, before its pictures. Each piece has the programme's tables in front,
 * counted on, and can be read by itself; all of them in a row are one transport stream. Sound is in the piece whose pictures it goes with: where
 * pictures are reordered it comes after them. What belongs to no stream of the programme is left out.
 */
export class TransportCutter {
  readonly #pieceTicks: number;
  readonly #segmentTicks: number;
  readonly #onPiece: (piece: TransportPiece) => void;
  readonly #watch = new ProgrammeWatch();
  readonly #tableCounters = new Map<number, number>();
  #rest: Buffer = Buffer.alloc(0);
  /** Sound from before the first picture. */
  readonly #early: Buffer[] = [];
  #open: OpenPiece | undefined;
  #following: FollowingPiece | undefined;
  #origin = 0;
  #segmentFrom = 0;
  #last: number | undefined;
  #pictureTicks = ticksPerSecond / 30;
  /** How long after they are decoded the key frame's pictures are shown. */
  #reorderingTicks = 0;

  constructor({ pieceMilliseconds, segmentMilliseconds }: CutLengths, onPiece: (piece: TransportPiece) => void) {
    this.#pieceTicks = pieceMilliseconds * ticksPerMillisecond;
    this.#segmentTicks = segmentMilliseconds * ticksPerMillisecond;
    this.#onPiece = onPiece;
  }

  /** Takes what comes next; pieces that it completes are told. */
  write(bytes: Buffer): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole = all.length - (all.length % transportPacketBytes);
    for (const packet of transportPackets(all.subarray(0, whole))) this.#take(packet);
    this.#rest = all.subarray(whole);
  }

  /** Nothing more comes: the last piece is told. */
  end(): void {
    this.#settle();
    if (this.#open !== undefined && this.#last !== undefined) this.#tell(this.#open, this.#last + this.#pictureTicks, true);
    this.#open = undefined;
  }

  #take(packet: TransportPacket): void {
    this.#watch.read(packet);
    const stream = this.#watch.programme?.streams.find(({ pid }) => pid === packet.pid);
    if (stream === undefined) return;
    const header = packet.beginsUnit ? readPacketHeader(packet.payload, this.#last) : undefined;
    if (isH264Stream(stream)) {
      if (header !== undefined) this.#picture(header, packet.isRandomAccess);
      (this.#following ?? this.#open)?.packets.push(packet.bytes);
    } else {
      if (header !== undefined && this.#following !== undefined && header.pts >= this.#following.shownFrom) this.#settle();
      (this.#open?.packets ?? this.#early).push(packet.bytes);
    }
  }

  #picture({ pts, dts }: PacketHeader, isKeyFrame: boolean): void {
    if (isKeyFrame) this.#reorderingTicks = pts - dts;
    if (this.#last === undefined || this.#open === undefined) {
      [this.#origin, this.#segmentFrom] = [dts, dts];
      this.#open = { from: dts, isIndependent: isKeyFrame, packets: [...this.#early] };
    } else {
      if (dts > this.#last) this.#pictureTicks = dts - this.#last;
      this.#cutBefore(this.#open, dts, isKeyFrame);
    }
    this.#last = dts;
  }

  #cutBefore(open: OpenPiece, dts: number, isKeyFrame: boolean): void {
    const { from } = this.#following ?? open;
    const beginsSegment = isKeyFrame && dts - this.#segmentFrom >= this.#segmentTicks - earlyTicks;
    const isFull = dts + this.#pictureTicks / 2 - from >= this.#pieceTicks;
    if (beginsSegment || isFull || dts - from > latestSoundTicks) this.#settle();
    if (!beginsSegment && !isFull) return;
    if (beginsSegment) this.#segmentFrom = dts;
    this.#following = { from: dts, isIndependent: isKeyFrame, packets: [], shownFrom: dts + this.#reorderingTicks, beginsSegment };
    if (this.#watch.programme?.streams.length === 1) this.#settle();
  }

  /** The piece before the one that follows lacks nothing any more. */
  #settle(): void {
    const [open, following] = [this.#open, this.#following];
    if (open === undefined || following === undefined) return;
    this.#tell(open, following.from, following.beginsSegment);
    [this.#open, this.#following] = [following, undefined];
  }

  #tell({ from, isIndependent, packets }: OpenPiece, to: number, endsSegment: boolean): void {
    const milliseconds = (ticks: number): number => Math.round((ticks - this.#origin) / ticksPerMillisecond);
    const startMilliseconds = milliseconds(from);
    this.#onPiece({ bytes: Buffer.concat([...this.#tables(), ...packets]), startMilliseconds, durationMilliseconds: milliseconds(to) - startMilliseconds, isIndependent, endsSegment });
  }

  #tables(): readonly Buffer[] {
    return (this.#watch.programme?.tables ?? []).map((table) => {
      const copy = Buffer.from(table);
      const pid = copy.readUInt16BE(1) & 0x1fff;
      const counter = this.#tableCounters.get(pid) ?? 0;
      this.#tableCounters.set(pid, (counter + 1) & 0xf);
      copy.writeUInt8((copy.readUInt8(3) & 0xf0) | counter, 3);
      return copy;
    });
  }
}

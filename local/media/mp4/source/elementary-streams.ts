/** Ticks of MPEG-TS timestamps a second. */
export const ticksPerSecond = 90_000;

/** Timestamps have 33 bits. */
export const timestampPeriod = 2 ** 33;

/** One PES packet: a picture, or some frames of sound. Times are 90 kHz ticks. */
export interface ElementaryPacket {
  readonly pts: number;
  readonly dts: number;
  readonly payload: readonly Buffer[];
}

/** The pictures and the sound of a piece of MPEG-TS, in the order of transmission. */
export interface ElementaryStreams {
  readonly video: readonly ElementaryPacket[];
  readonly audio: readonly ElementaryPacket[];
}

interface OpenPacket {
  readonly pts: number;
  readonly dts: number;
  readonly payload: Buffer[];
}

const packetBytes = 188;
const syncByte = 0x47;

/**
 * Takes a piece of MPEG-TS with one H.264 and at most one AAC stream apart. Timestamps run on over the wrap of their 33 bits
 * within the piece. What is no transport stream has no packets.
 */
export const readElementaryStreams = (bytes: Buffer): ElementaryStreams => {
  const open = new Map<number, OpenPacket>();
  const streams = { video: new Array<OpenPacket>(), audio: new Array<OpenPacket>() };
  let first: number | undefined;
  for (let at = 0; at + packetBytes <= bytes.length; at += packetBytes) {
    if (bytes[at] !== syncByte) continue;
    const payload = payloadOf(bytes, at);
    if (payload === undefined) continue;
    const packetId = bytes.readUInt16BE(at + 1) & 0x1fff;
    const isStart = (bytes.readUInt8(at + 1) & 0x40) !== 0;
    if (!isStart) {
      open.get(packetId)?.payload.push(payload);
      continue;
    }
    const begun = beginPacket(payload, first);
    open.delete(packetId);
    if (begun === undefined) continue;
    first ??= begun.packet.pts;
    open.set(packetId, begun.packet);
    streams[begun.kind].push(begun.packet);
  }
  return streams;
};

const payloadOf = (bytes: Buffer, at: number): Buffer | undefined => {
  const control = bytes.readUInt8(at + 3);
  if ((control & 0x10) === 0) return undefined;
  const skipped = (control & 0x20) === 0 ? 4 : 5 + bytes.readUInt8(at + 4);
  return skipped < packetBytes ? bytes.subarray(at + skipped, at + packetBytes) : undefined;
};

const beginPacket = (payload: Buffer, near: number | undefined): { readonly kind: 'video' | 'audio'; readonly packet: OpenPacket } | undefined => {
  const header = readPacketHeader(payload, near);
  return header && { kind: header.kind, packet: { pts: header.pts, dts: header.dts, payload: [payload.subarray(9 + payload.readUInt8(8))] } };
};

/** What the header of a PES packet says. Times are 90 kHz ticks. */
export interface PacketHeader {
  readonly kind: 'audio' | 'video';
  readonly pts: number;
  readonly dts: number;
}

/**
 * Reads the header of the PES packet (ISO/IEC 13818-1, 2.4.3.6) that begins a payload, its times near another one. `undefined` for tables
 * and for what carries no time.
 */
export const readPacketHeader = (payload: Buffer, near: number | undefined): PacketHeader | undefined => {
  if (payload.length < 14 || payload.readUIntBE(0, 3) !== 1) return undefined;
  const streamId = payload.readUInt8(3);
  const kind = (streamId & 0xf0) === 0xe0 ? 'video' : (streamId & 0xe0) === 0xc0 ? 'audio' : undefined;
  const flags = payload.readUInt8(7);
  if (kind === undefined || (flags & 0x80) === 0) return undefined;
  const pts = unwrap(readTimestamp(payload, 9), near);
  return { kind, pts, dts: (flags & 0x40) === 0 || payload.length < 19 ? pts : unwrap(readTimestamp(payload, 14), pts) };
};

const readTimestamp = (bytes: Buffer, at: number): number =>
  ((bytes.readUInt8(at) >> 1) & 7) * 2 ** 30 + (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(at + 3) >> 1);

/** The time with these 33 bits that is nearest to another. */
export const unwrap = (timestamp: number, near: number | undefined): number =>
  near === undefined ? timestamp : timestamp + Math.round((near - timestamp) / timestampPeriod) * timestampPeriod;

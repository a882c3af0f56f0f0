/** The length of every packet of a transport stream (ISO/IEC 13818-1, section 2.4.3.2). */
export const transportPacketBytes = 188;
const syncByte = 0x47;

/** One packet of a transport stream. */
export interface TransportPacket {
  readonly pid: number;
  /** Whether a PES packet or a section begins in it. */
  readonly beginsUnit: boolean;
  /** Whether its sender says that decoding can begin here. */
  readonly isRandomAccess: boolean;
  /** Empty when it carries none, or what nobody here can read: scrambled or marked as broken. */
  readonly payload: Buffer;
  /** All 188 bytes. */
  readonly bytes: Buffer;
}

/** Whether bytes are whole packets of a transport stream and nothing else. */
export const isTransportStream = (bytes: Buffer): boolean => {
  if (bytes.length === 0 || bytes.length % transportPacketBytes !== 0) return false;
  for (let at = 0; at < bytes.length; at += transportPacketBytes) if (bytes[at] !== syncByte) return false;
  return true;
};

/** The packets in bytes that {@link isTransportStream} accepts. They are views, no copies. */
export function* transportPackets(bytes: Buffer): Generator<TransportPacket> {
  for (let at = 0; at < bytes.length; at += transportPacketBytes) yield readPacket(bytes.subarray(at, at + transportPacketBytes));
}

const readPacket = (bytes: Buffer): TransportPacket => {
  const head = bytes.readUInt32BE(0);
  const isReadable = (head & 0x80_00c0) === 0;
  const adaptationBytes = (head & 0x20) === 0 ? 0 : 1 + bytes.readUInt8(4);
  const hasPayload = (head & 0x10) !== 0 && isReadable && 4 + adaptationBytes < transportPacketBytes;
  return {
    pid: (head >>> 8) & 0x1fff,
    beginsUnit: (head & 0x40_0000) !== 0,
    isRandomAccess: adaptationBytes > 1 && (bytes.readUInt8(5) & 0x40) !== 0,
    payload: bytes.subarray(hasPayload ? 4 + adaptationBytes : transportPacketBytes),
    bytes,
  };
};

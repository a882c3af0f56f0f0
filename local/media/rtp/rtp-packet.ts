/** One packet of media (RFC 3550, section 5.1). */
export interface RtpPacket {
  readonly sequence: number;
  /** Who sends: a sender that starts anew takes another one. */
  readonly source: number;
  readonly payload: Buffer;
}

const version = 2;
const headBytes = 12;
/** MPEG-TS (RFC 3551, table 5). */
const transportStreamType = 33;

/** The packet in a datagram; `undefined` when it is none of RTP version 2 with MPEG-TS. The payload is a view, no copy. */
export const readRtpPacket = (datagram: Buffer): RtpPacket | undefined => {
  const [flags, type] = [datagram[0], datagram[1]];
  if (flags === undefined || type === undefined || datagram.length < headBytes) return undefined;
  if (flags >> 6 !== version || (type & 0x7f) !== transportStreamType) return undefined;
  const begin = payloadBegin(datagram, flags);
  const end = datagram.length - ((flags & 0x20) === 0 ? 0 : (datagram.at(-1) ?? 0));
  if (begin === undefined || begin > end) return undefined;
  return { sequence: datagram.readUInt16BE(2), source: datagram.readUInt32BE(8), payload: datagram.subarray(begin, end) };
};

/** Whether a datagram is a sender's report of itself, which may come on the media's own port (RFC 5761). */
export const isRtcp = (datagram: Buffer): boolean => {
  const [flags, type] = [datagram[0], datagram[1]];
  return flags !== undefined && type !== undefined && flags >> 6 === version && type >= 200 && type <= 207;
};

const payloadBegin = (datagram: Buffer, flags: number): number | undefined => {
  const extensionAt = headBytes + 4 * (flags & 0x0f);
  if ((flags & 0x10) === 0) return extensionAt;
  if (datagram.length < extensionAt + 4) return undefined;
  return extensionAt + 4 + 4 * datagram.readUInt16BE(extensionAt + 2);
};

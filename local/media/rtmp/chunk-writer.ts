import { messageType, type RtmpMessage } from './message.ts';

/** The size of chunks that this server sends, announced in its first messages. */
export const sentChunkSize = 4096;

const chunkStreamOf = (type: number): number => (type === messageType.commandAmf0 ? 3 : 2);

/** A message in chunks of {@link sentChunkSize}, at time 0: replies have no place on the media's timeline. */
export const writeMessage = (message: Omit<RtmpMessage, 'timestamp'>): Buffer => {
  const chunkStream = chunkStreamOf(message.type);
  const head = Buffer.alloc(12);
  head.writeUInt8(chunkStream, 0);
  head.writeUIntBE(message.payload.length, 4, 3);
  head.writeUInt8(message.type, 7);
  head.writeUInt32LE(message.streamId, 8);
  const parts = [head, message.payload.subarray(0, sentChunkSize)];
  for (let at = sentChunkSize; at < message.payload.length; at += sentChunkSize) {
    parts.push(Buffer.from([0xc0 | chunkStream]), message.payload.subarray(at, at + sentChunkSize));
  }
  return Buffer.concat(parts);
};

/** A control message whose payload is one or more 32-bit numbers. */
export const writeControl = (type: number, ...values: readonly number[]): Buffer => {
  const payload = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => payload.writeUInt32BE(value >>> 0, 4 * index));
  return writeMessage({ type, streamId: 0, payload });
};

/** Types of RTMP messages, by the number on the wire (RTMP 1.0, sections 5.4, 6.2 and 7.1). */
export const messageType = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAcknowledgementSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  dataAmf3: 15,
  commandAmf3: 17,
  dataAmf0: 18,
  commandAmf0: 20,
} as const;

/** One message, put together from its chunks. */
export interface RtmpMessage {
  readonly type: number;
  readonly streamId: number;
  /** Milliseconds. */
  readonly timestamp: number;
  readonly payload: Buffer;
}

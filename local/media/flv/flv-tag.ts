/** One tag of an FLV stream: what RTMP calls an audio, video or data message. */
export interface FlvTag {
  readonly kind: 'audio' | 'video' | 'script';
  /** Milliseconds on the publisher's own timeline. */
  readonly timestamp: number;
  readonly data: Buffer;
}

const tagTypes = { audio: 8, video: 9, script: 18 } as const;
const avc = 7;
const aac = 10;

/** The nine bytes that open an FLV file, with the size of the (absent) tag before the first. */
export const flvHeader = (has: { readonly audio: boolean; readonly video: boolean }): Buffer =>
  Buffer.from([0x46, 0x4c, 0x56, 1, (has.audio ? 4 : 0) | (has.video ? 1 : 0), 0, 0, 0, 9, 0, 0, 0, 0]);

/** A tag as it stands in an FLV file, at the given time in milliseconds. */
export const encodeFlvTag = (tag: FlvTag, timestamp = tag.timestamp): Buffer => {
  const bytes = Buffer.allocUnsafe(11 + tag.data.length + 4);
  bytes.writeUInt8(tagTypes[tag.kind], 0);
  bytes.writeUIntBE(tag.data.length, 1, 3);
  bytes.writeUIntBE(timestamp & 0xffffff, 4, 3);
  bytes.writeUInt8((timestamp >>> 24) & 0xff, 7);
  bytes.writeUIntBE(0, 8, 3);
  tag.data.copy(bytes, 11);
  bytes.writeUInt32BE(11 + tag.data.length, 11 + tag.data.length);
  return bytes;
};

/** Whether a video tag carries H.264, the one codec that RTMP encoders agree on. */
export const isAvc = (tag: FlvTag): boolean => tag.kind === 'video' && (tag.data[0] ?? 0) % 16 === avc;

/** Whether a video tag holds the decoder's configuration, not a picture. */
export const isVideoConfiguration = (tag: FlvTag): boolean => isAvc(tag) && tag.data[1] === 0;

/** Whether a video tag holds a picture that needs no other. */
export const isKeyFrame = (tag: FlvTag): boolean => tag.kind === 'video' && (tag.data[0] ?? 0) >> 4 === 1 && tag.data[1] === 1;

/** Whether a tag holds a picture. */
export const isPicture = (tag: FlvTag): boolean => tag.kind === 'video' && (!isAvc(tag) || tag.data[1] === 1);

/** Whether an audio tag is AAC, which needs its configuration before it can be decoded. */
export const isAac = (tag: FlvTag): boolean => tag.kind === 'audio' && (tag.data[0] ?? 0) >> 4 === aac;

/** Whether an audio tag holds the decoder's configuration, not sound. */
export const isAudioConfiguration = (tag: FlvTag): boolean => isAac(tag) && tag.data[1] === 0;

/** By how many milliseconds a picture is shown after its tag's time, where pictures are sent in another order than shown. */
export const compositionMilliseconds = (tag: FlvTag): number => (isAvc(tag) && tag.data.length >= 5 ? tag.data.readIntBE(2, 3) : 0);

import { box, fullBox, unsigned16, unsigned32, unsigned8, zeros } from './box.ts';
import type { AudioTrack, Track, VideoTrack } from './track.ts';

/** How a track's samples are coded: `avc1` or `mp4a`. */
export const sampleEntry = (track: Track): Buffer => (track.kind === 'video' ? avc1(track) : mp4a(track));

const resolution72 = 0x00480000;
const noColourTable = 0xffff;

const avc1 = (track: VideoTrack): Buffer =>
  box(
    'avc1', zeros(6), unsigned16(1), zeros(16), unsigned16(track.widthPixels, track.heightPixels), unsigned32(resolution72, resolution72, 0),
    unsigned16(1), zeros(32), unsigned16(0x0018, noColourTable), box('avcC', decoderConfiguration(track)),
  );

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15), for 4:2:0 in 8 bits. */
const decoderConfiguration = ({ configuration: { sequenceParameterSet: sequence, pictureParameterSet: picture } }: VideoTrack): Buffer => {
  const profile = sequence.readUInt8(1);
  const isHigh = profile !== 66 && profile !== 77 && profile !== 88;
  return Buffer.concat([
    unsigned8(1), sequence.subarray(1, 4), unsigned8(0xff, 0xe1), unsigned16(sequence.length), sequence,
    unsigned8(1), unsigned16(picture.length), picture, ...(isHigh ? [unsigned8(0xfd, 0xf8, 0xf8, 0)] : []),
  ]);
};

const mp4a = ({ configuration: { channels, samplesPerSecond, decoderConfiguration: specific } }: AudioTrack): Buffer =>
  box(
    'mp4a', zeros(6), unsigned16(1), zeros(8), unsigned16(channels, 16, 0, 0), unsigned32((samplesPerSecond * 0x10000) >>> 0),
    fullBox('esds', 0, 0, elementaryStreamDescriptor(specific)),
  );

/** ES_Descriptor (ISO/IEC 14496-1) of AAC. */
const elementaryStreamDescriptor = (specific: Buffer): Buffer => {
  const decoder = descriptor(4, unsigned8(0x40, 0x15), zeros(3), unsigned32(0, 0), descriptor(5, specific));
  return descriptor(3, unsigned16(1), unsigned8(0), decoder, descriptor(6, unsigned8(2)));
};

const descriptor = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([unsigned8(tag, body.length), body]);
};

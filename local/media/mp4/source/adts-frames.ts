import { ticksPerSecond, type ElementaryPacket } from './elementary-streams.ts';

/** What a decoder of sound must know. */
export interface AudioConfiguration {
  readonly samplesPerSecond: number;
  readonly channels: number;
  /** AudioSpecificConfig (ISO/IEC 14496-3). */
  readonly decoderConfiguration: Buffer;
}

/** One frame of AAC without its header. */
export interface AudioFrame {
  /** 90 kHz ticks, not always whole. */
  readonly pts: number;
  readonly data: Buffer;
}

/** The sound of a piece of a stream. */
export interface AudioTrackSource {
  readonly configuration: AudioConfiguration;
  readonly frames: readonly AudioFrame[];
}

/** Samples of an AAC frame. */
export const frameSamples = 1024;

const samplingRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

/** Takes the frames out of packets of ADTS (ISO/IEC 13818-7). `undefined` where there are none. */
export const readAdtsFrames = (packets: readonly ElementaryPacket[]): AudioTrackSource | undefined => {
  let configuration: AudioConfiguration | undefined;
  const frames: AudioFrame[] = [];
  for (const { pts, payload } of packets) {
    let time = pts;
    for (const { header, data } of adtsFramesOf(Buffer.concat(payload))) {
      configuration ??= configurationOf(header);
      if (configuration === undefined) return undefined;
      frames.push({ pts: time, data });
      time += (frameSamples * ticksPerSecond) / configuration.samplesPerSecond;
    }
  }
  return configuration === undefined ? undefined : { configuration, frames };
};

function* adtsFramesOf(bytes: Buffer): Generator<{ readonly header: Buffer; readonly data: Buffer }> {
  let at = 0;
  while (at + 7 <= bytes.length && (bytes.readUInt16BE(at) & 0xfff6) === 0xfff0) {
    const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
    const headerLength = (bytes.readUInt8(at + 1) & 1) === 1 ? 7 : 9;
    if (length <= headerLength || at + length > bytes.length) return;
    yield { header: bytes.subarray(at, at + headerLength), data: bytes.subarray(at + headerLength, at + length) };
    at += length;
  }
}

const configurationOf = (header: Buffer): AudioConfiguration | undefined => {
  const bits = header.readUInt16BE(2);
  const objectType = (bits >> 14) + 1;
  const rateIndex = (bits >> 10) & 0xf;
  const channels = (bits >> 6) & 7;
  const samplesPerSecond = samplingRates[rateIndex];
  if (samplesPerSecond === undefined) return undefined;
  const decoderConfiguration = Buffer.alloc(2);
  decoderConfiguration.writeUInt16BE((objectType << 11) | (rateIndex << 7) | (channels << 3));
  return { samplesPerSecond, channels, decoderConfiguration };
};

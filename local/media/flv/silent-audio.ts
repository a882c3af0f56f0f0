/** Silence as an encoder would have sent it: FLV tag data. */
export interface SilentAudio {
  readonly configuration: Buffer;
  readonly frame: Buffer;
}

const frameSamples = 1024;
const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350] as const;
const lowComplexity = 2;

// Access units of AAC-LC that hold nothing but zeroes; they are the same at every sample rate.
const mono = Buffer.from([0xaf, 1, 0x01, 0x18, 0x20, 0x07]);
const stereo = Buffer.from([0xaf, 1, 0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c]);
const standard: SilentAudio = { configuration: Buffer.from([0xaf, 0, 0x11, 0x90]), frame: stereo };

/** AudioSpecificConfig (ISO 14496-3, 1.6.2.1): object type, index of the sample rate and channels. */
const describe = (configuration: Buffer): { readonly objectType: number; readonly rate: number | undefined; readonly channels: number } => {
  if (configuration.length < 4) return { objectType: 0, rate: undefined, channels: 0 };
  const bits = configuration.readUInt16BE(2);
  return { objectType: bits >> 11, rate: rates[(bits >> 7) & 15], channels: (bits >> 3) & 15 };
};

/** How long a frame of AAC lasts, in milliseconds, by its stream's configuration. */
export const aacFrameMilliseconds = (configuration: Buffer): number => (frameSamples / (describe(configuration).rate ?? 48_000)) * 1000;

/** Silence that a decoder of the given stream takes without being configured anew, where that is possible; else in stereo at 48 kHz. */
export const silenceFor = (configuration: Buffer | undefined): SilentAudio => {
  if (configuration === undefined) return standard;
  const { objectType, rate, channels } = describe(configuration);
  if (objectType !== lowComplexity || rate === undefined || (channels !== 1 && channels !== 2)) return standard;
  return { configuration, frame: channels === 1 ? mono : stereo };
};

import { initSegment } from '../../../local/media/mp4/init-segment.ts';
import { jointSegment } from '../../../local/media/mp4/media-segment.ts';
import type { MediaFiles } from '../../../lambda/domain/recordings/film/write-film.ts';
import { NotFoundError } from '../../../lambda/domain/shared/errors.ts';

const rates = { video: 90_000, audio: 48_000 } as const;

/** An initialisation section of pictures and sound; another one for each picture parameter set. */
export const anInit = (pictureParameterSet = 1): Uint8Array =>
  initSegment(
    { kind: 'video', timescale: rates.video, widthPixels: 640, heightPixels: 360, configuration: { sequenceParameterSet: Buffer.from([0x67, 66, 0, 30]), pictureParameterSet: Buffer.from([0x68, pictureParameterSet]) } },
    { kind: 'audio', timescale: rates.audio, configuration: { samplesPerSecond: rates.audio, channels: 2, decoderConfiguration: Buffer.from([0x11, 0x90]) } },
  );

/** A fragment of two seconds that begins so many milliseconds into its time line, with one picture and one frame of sound of this content. */
export const aFragment = (beginMilliseconds: number, content: number): Uint8Array => {
  const sample = (duration: number) => ({ duration, compositionOffset: 0, isKeyFrame: true, data: Buffer.from([content]) });
  const at = (rate: number): number => (beginMilliseconds * rate) / 1000;
  return jointSegment([{ decodeTime: at(rates.video), samples: [sample(2 * rates.video)] }, { decodeTime: at(rates.audio), samples: [sample(2 * rates.audio)] }], { sequenceNumber: 1 });
};

/** Media in memory, by key. */
export const memoryMedia = () => {
  const kept = new Map<string, Uint8Array>();
  const media: MediaFiles = {
    read: async (_bucket, key) => {
      const bytes = kept.get(key);
      if (bytes === undefined) throw new NotFoundError({ code: 'media-not-found', message: `there is no ${key}` });
      return bytes;
    },
    write: async (_bucket, key, pieces) => {
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      kept.set(key, Buffer.concat(all));
      return BigInt(kept.get(key)?.length ?? 0);
    },
  };
  return { media, kept };
};

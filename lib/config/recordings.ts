import * as z from 'zod';
import { recordingFormats } from '../../lambda/contract/recording-formats.ts';
import { ladderSchema } from './custom-ladder.ts';
import { wholeNumber } from './quantities.ts';

const formatsError = `a list of ${recordingFormats.map((format) => `"${format}"`).join(', ')}`;

/**
 * Three renditions of the archive: in the Basic tier one HD and two SD outputs are about 0.03 USD a minute in us-east-1.
 * What is higher than the archive is not made.
 */
const houseLadder: z.input<typeof ladderSchema> = {
  rungs: [
    { name: '1080p', widthPixels: 1920, heightPixels: 1080, videoBitsPerSecond: 5_000_000, audioBitsPerSecond: 192_000 },
    { name: '480p', widthPixels: 854, heightPixels: 480, videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 128_000 },
    { name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 750_000, audioBitsPerSecond: 128_000 },
  ],
};

/** What becomes of shows when they are over. */
export const recordingsSchema = z.strictObject({
  /** What is made of a show that asks for nothing else. HLS is made always, an MP4 of a show that wants one. */
  formats: z.array(z.enum(recordingFormats, { error: formatsError }), { error: formatsError }).min(1, { error: formatsError }).default(['HLS']),
  /** The renditions of HLS; the first is the MP4's rate too. */
  ladder: ladderSchema.prefault(houseLadder),
  /** Seconds of an HLS segment. */
  segmentSeconds: wholeNumber(1, 30, 'seconds').default(6),
  /** One thumbnail every so many seconds. */
  thumbnailSeconds: wholeNumber(1, 3600, 'seconds').default(10),
  /** How long a URL of a recording is valid. A playlist's segments are asked for with it to the end. */
  tokenSeconds: wholeNumber(60, 604_800, 'seconds').default(43_200),
  /** An archive file whose show was converted goes at this age; absent = never. One that was not converted stays. */
  archiveDays: wholeNumber(1, 3650, 'days').optional(),
  /** Recordings go over to S3's storage for what is seldom read after so many days; absent = never. S3 allows 30 at least. */
  coldStorageDays: wholeNumber(30, 3650, 'days').optional(),
});

/** What a stage declares of its recordings. */
export type RecordingsConfiguration = z.output<typeof recordingsSchema>;

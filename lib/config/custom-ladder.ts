import * as z from 'zod';
import { ladderNames, ladders, type Ladder } from './ladders.ts';
import { wholeNumber } from './quantities.ts';

/** Bit rates of AAC-LC in stereo at 48 kHz. https://docs.aws.amazon.com/medialive/latest/ug/create-channel-outputs-audio.html */
const audioRates = [64, 80, 96, 112, 128, 160, 192, 224, 256, 288, 320, 384].map((kilobits) => kilobits * 1000);

const even = (minimum: number, maximum: number) =>
  wholeNumber(minimum, maximum, 'pixels').multipleOf(2, { error: `an even number of pixels from ${minimum} to ${maximum}` });

const rungSchema = z.strictObject(
  {
    name: z.string({ error: '1 to 16 of a-z, 0-9 and -' }).regex(/^[a-z0-9][a-z0-9-]{0,15}$/, { error: '1 to 16 of a-z, 0-9 and -' }),
    widthPixels: even(128, 4096),
    heightPixels: even(96, 2160),
    videoBitsPerSecond: wholeNumber(50_000, 50_000_000, 'bits a second'),
    audioBitsPerSecond: z.literal(audioRates, { error: `one of ${audioRates.join(', ')}` }).default(128_000),
  },
  { error: 'an object with name, widthPixels, heightPixels and videoBitsPerSecond' },
);

const mostRungs = 8;
const rungsError = `1 to ${mostRungs} rungs, the best first`;

const customLadderSchema = z.strictObject(
  {
    rungs: z.tuple([rungSchema], rungSchema, { error: rungsError }).refine((rungs) => rungs.length <= mostRungs, { error: rungsError }),
    /** Of every rung. Above 30 the bill's class is the next one. */
    framesPerSecond: wholeNumber(10, 60, 'frames a second').default(30),
    /** Seconds of a closed group of pictures. */
    gopSeconds: wholeNumber(1, 10, 'seconds').default(2),
    /** Of every picture: rungs of one ladder are cuts of the same picture. */
    aspectRatio: z.string({ error: '<width>:<height>, such as "16:9"' }).regex(/^[1-9]\d?:[1-9]\d?$/, { error: '<width>:<height>, such as "16:9"' }).default('16:9'),
  },
  { error: 'an object' },
);

/** A ladder by its name, or rungs of one's own. */
export const ladderSchema = z.union([z.enum(ladderNames), customLadderSchema], { error: `${ladderNames.map((name) => `"${name}"`).join(', ')} or an object with rungs` });

/** What a stage declares of a pipeline's ladder. */
export type LadderConfiguration = z.output<typeof ladderSchema>;

/** A ladder of one's own. */
export type CustomLadder = z.output<typeof customLadderSchema>;

/** Three two-second groups, or as near above as a ladder's own groups allow. */
const usualSegmentSeconds = 6;

/** The ladder that a configuration declares. */
export const ladderOf = (ladder: LadderConfiguration): Ladder => {
  if (typeof ladder === 'string') return ladders[ladder];
  const { rungs, framesPerSecond, gopSeconds } = ladder;
  return { rungs, framesPerSecond, gopSeconds, segmentSeconds: Math.ceil(usualSegmentSeconds / gopSeconds) * gopSeconds };
};

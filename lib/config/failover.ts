import * as z from 'zod';
import { milliseconds, oneOf, seconds } from './quantities.ts';

/** Bounds of MediaLive's failover conditions. https://docs.aws.amazon.com/medialive/latest/apireference/channels.html */
const leastLossMilliseconds = 100;
const leastContentMilliseconds = 1000;
const mostMilliseconds = 600_000;

const conditionsSchema = z.strictObject({
  /** Nothing arrives. */
  inputLoss: z.strictObject({ thresholdMilliseconds: milliseconds(leastLossMilliseconds, mostMilliseconds).default(3000) }).prefault({}),
  /** What arrives is black. Absent = black is content. */
  videoBlack: z
    .strictObject({
      /** How dark a pixel must be to be black: 0 to 1. */
      detectThreshold: z.number({ error: 'a number from 0 to 1' }).min(0, { error: 'a number from 0 to 1' }).max(1, { error: 'a number from 0 to 1' }).default(0.1),
      thresholdMilliseconds: milliseconds(leastContentMilliseconds, mostMilliseconds),
    })
    .optional(),
  /** What arrives is silent. Absent = silence is content. */
  audioSilence: z.strictObject({ thresholdMilliseconds: milliseconds(leastContentMilliseconds, mostMilliseconds) }).optional(),
});

const automaticSchema = z.strictObject(
  {
    /** Which input is taken when both are well: the first, or the one that is on air. */
    preference: oneOf('PRIMARY_INPUT_PREFERRED', 'EQUAL_INPUT_PREFERENCE').default('PRIMARY_INPUT_PREFERRED'),
    /** An input that has been well for so long is well again. */
    errorClearSeconds: seconds(1, 600).default(30),
    conditions: conditionsSchema.prefault({}),
  },
  { error: 'an object' },
);

/** When a channel goes over to its other input by itself, or `"BY_HAND"`: only when it is told to. */
export const failoverSchema = z.union([z.literal('BY_HAND'), automaticSchema], { error: '"BY_HAND", or an object with preference, errorClearSeconds and conditions' });

/** A failover with every default filled in. */
export type AutomaticFailover = z.output<typeof automaticSchema>;

/** The failover of a pair of inputs: by default to the second while the first is lost for 3 s, and back when it has been well for 30 s. */
export const failoverOf = ({ inputs, failover }: {
  readonly inputs: { readonly count: 1 | 2 };
  readonly failover?: z.output<typeof failoverSchema> | undefined;
}): AutomaticFailover | undefined => {
  if (inputs.count === 1 || failover === 'BY_HAND') return undefined;
  return failover ?? automaticSchema.parse({});
};

import * as z from 'zod';

/** The values of a series as versions of the first shape have them, `120,,7`: nothing where the source has no point, `-` for no value at all. */
export const seriesTextSchema = z
  .string()
  .regex(/^(-|-?\d*(,-?\d*)*)$/)
  .transform((text): readonly (bigint | null)[] => (text === '-' ? [] : text.split(',').map((value) => (value === '' ? null : BigInt(value)))));

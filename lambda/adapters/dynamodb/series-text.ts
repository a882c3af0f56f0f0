import * as z from 'zod';

/** One value a period, short enough for the longest show in one item: `120,,7`; nothing where the source has no point. */
export const seriesText = (values: readonly (bigint | null)[]): string => (values.length === 0 ? '-' : values.map((value) => value?.toString() ?? '').join(','));

/** The values of a series' text. */
export const seriesTextSchema = z
  .string()
  .regex(/^(-|-?\d*(,-?\d*)*)$/)
  .transform((text): readonly (bigint | null)[] => (text === '-' ? [] : text.split(',').map((value) => (value === '' ? null : BigInt(value)))));

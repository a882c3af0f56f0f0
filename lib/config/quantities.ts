import * as z from 'zod';

/** A whole number within bounds, named by its unit in messages. */
export const wholeNumber = (minimum: number, maximum: number, unit: string) => {
  const error = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
};

/** Whole seconds within bounds. */
export const seconds = (minimum: number, maximum: number) => wholeNumber(minimum, maximum, 'seconds');

/** Whole milliseconds within bounds. */
export const milliseconds = (minimum: number, maximum: number) => wholeNumber(minimum, maximum, 'milliseconds');

/** One of a few strings. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, { error: values.map((value) => `"${value}"`).join(' or ') });

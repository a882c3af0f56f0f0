import * as z from 'zod';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A variable of the environment that carries a value of a schema as JSON. */
export const jsonVariable = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .refine(isJson, { error: 'expected JSON' })
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

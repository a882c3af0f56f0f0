import * as z from 'zod';

/** The media type of every error (RFC 9457). */
export const problemMediaType = 'application/problem+json';

/** An error as the API answers it. `code` is stable; a 5xx tells the request id only. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
  detail: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  /** The fields at fault: JSON pointers into the body, or names of parameters. */
  fields: z.array(z.object({ field: z.string(), message: z.string() })).exactOptional(),
  /** Facts that a client can act on, such as the state that was in the way. */
  details: z.record(z.string(), z.unknown()).exactOptional(),
});

export type Problem = z.infer<typeof problemSchema>;

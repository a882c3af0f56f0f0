import * as z from 'zod';
import { answeredTimeSchema } from './fields.ts';

/** Body of createPlayback: the caller's own name of the viewer, or none for an anonymous one. */
export const createPlaybackBodySchema = z.strictObject({ viewerId: z.string().trim().min(1).max(200).exactOptional() }).nullish();

/** Answer of createPlayback: one URL a format, good until `expiresAt`. */
export const playbackBodySchema = z.object({
  breakoutId: z.string(),
  expiresAt: answeredTimeSchema,
  endpoints: z.array(z.object({ format: z.enum(['HLS', 'DASH', 'MSS', 'CMAF']), url: z.string() })),
});

export type PlaybackBody = z.infer<typeof playbackBodySchema>;

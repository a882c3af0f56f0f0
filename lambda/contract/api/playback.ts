import * as z from 'zod';
import { curtainSchema } from '../viewer-token.ts';
import { answeredTimeSchema } from './fields.ts';

const viewerIdSchema = z.string().trim().min(1).max(200);
const renewWithSchema = z.string().min(1).max(300);

/** Where alone the access is good. An address is taken in its shortest form, as the edge sees it. */
const boundToSchema = z
  .strictObject({
    ip: z.union([z.ipv4(), z.ipv6()], { error: 'expected an IPv4 or IPv6 address' }).exactOptional(),
    country: z.string().regex(/^[A-Z]{2}$/, { error: 'expected two capital letters, such as DE' }).exactOptional(),
  })
  .refine(({ ip, country }) => ip !== undefined || country !== undefined, { error: 'expected an ip, a country, or both' });

/** Body of createPlayback and createRecordingPlayback: the caller's own name of the viewer, or none for an anonymous one; what an earlier access is renewed with. */
export const createPlaybackBodySchema = z
  .strictObject({ viewerId: viewerIdSchema.exactOptional(), renewWith: renewWithSchema.exactOptional(), boundTo: boundToSchema.exactOptional() })
  .nullish();

/** Body of revokePlayback and revokeRecordingPlayback: a named viewer, on all devices or on one, or what an access is renewed with. */
export const revokePlaybackBodySchema = z
  .strictObject({
    viewerId: viewerIdSchema.exactOptional(),
    session: z.string().min(1).max(100).exactOptional(),
    renewWith: renewWithSchema.exactOptional(),
    boundTo: boundToSchema.exactOptional(),
  })
  .refine(({ viewerId, renewWith }) => (viewerId === undefined) !== (renewWith === undefined), { error: 'expected either a viewerId or a renewWith' });

/** Body of setCurtain. */
export const curtainBodySchema = z.strictObject({ state: curtainSchema });

/** Answer of setCurtain. */
export const curtainAnswerSchema = z.object({ breakoutId: z.string(), state: curtainSchema });

export type CurtainAnswer = z.infer<typeof curtainAnswerSchema>;

const endpointsSchema = z.array(z.object({ format: z.enum(['HLS', 'DASH', 'MSS', 'CMAF']), url: z.string() }));

/** Answer of createPreview: one URL a format, whatever the curtain, good until `expiresAt`; on a Cam pipeline playback that has begun goes on. */
export const previewBodySchema = z.object({ kind: z.enum(['PRO', 'CAM']), breakoutId: z.string(), session: z.string(), expiresAt: answeredTimeSchema, endpoints: endpointsSchema });

/** Answer of revokePreviews: all that were given before then are ended. */
export const revokedPreviewsSchema = z.object({ breakoutId: z.string(), revokedAt: answeredTimeSchema });

export type RevokedPreviewsBody = z.infer<typeof revokedPreviewsSchema>;

export type PreviewBody = z.infer<typeof previewBodySchema>;

/** Answer of createPlayback: one URL a format, good until `expiresAt`; where player and edge share a domain, cookies and their URLs as well. */
export const playbackBodySchema = previewBodySchema.extend({
  /** Secret as the URLs are: with it the next access keeps the session. */
  renewWith: z.string(),
  /** `setCookie` holds values of Set-Cookie headers, for a host of the shared domain to send. */
  cookies: z.object({ setCookie: z.array(z.string()), endpoints: endpointsSchema }).exactOptional(),
});

export type PlaybackBody = z.infer<typeof playbackBodySchema>;

/** Answer of revokePlayback: `clearCookies` holds values of Set-Cookie headers, for the same host to send. */
export const revokedPlaybackSchema = z.object({ breakoutId: z.string(), revokedSessions: z.array(z.string()), clearCookies: z.array(z.string()) });

export type RevokedPlaybackBody = z.infer<typeof revokedPlaybackSchema>;

import type { PackagedSegment } from '../packaging/packaged-stream.ts';

/** What the origin answers. */
export type Answer =
  | { readonly status: 400 | 403 | 404 | 405 | 503 }
  | { readonly status: 200; readonly contentType: string; readonly maxAgeSeconds: number; readonly body: Buffer | PackagedSegment };

export const notFound: Answer = { status: 404 };

/** Media never change under their URL. */
const mediaMaxAgeSeconds = 1_209_600;

/** A manifest, which may change with the next segment. */
export const manifestAnswer = (text: string, contentType: string, segmentMilliseconds: number): Answer =>
  ({ status: 200, contentType, maxAgeSeconds: Math.max(1, Math.floor(segmentMilliseconds / 2000)), body: Buffer.from(text) });

/** Media: bytes, or a segment that is sent as its chunks are. */
export const mediaAnswer = (body: Buffer | PackagedSegment, contentType: string): Answer => ({ status: 200, contentType, maxAgeSeconds: mediaMaxAgeSeconds, body });

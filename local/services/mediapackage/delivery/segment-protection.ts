import type { EndpointRecord } from '../endpoint-record.ts';

/** A segment of an HLS stream, as far as its protection depends on it. */
export interface ProtectableSegment {
  /** Its media sequence number. */
  readonly number: number;
  /** When its first picture was taken, in milliseconds since the epoch. */
  readonly startsAt: number;
}

/** What a segment is encrypted with. */
export interface SegmentKey {
  /** The attribute list of its EXT-X-KEY: `METHOD=AES-128,URI="https://…",IV=0x…`. */
  readonly attributes: string;
  encrypt(segment: Buffer): Buffer;
}

/** How the segments of HLS endpoints are encrypted. */
export interface SegmentProtection {
  /**
   * The key that a segment is under, the same each time it is asked; `undefined` when the endpoint's segments are in the clear.
   * Rejects when there is no key: the request is then answered with 404, as on AWS, and nothing is sent in the clear.
   * https://docs.aws.amazon.com/mediapackage/latest/ug/drm-content-key-rotation.html
   */
  keyFor(endpoint: EndpointRecord, segment: ProtectableSegment): Promise<SegmentKey | undefined>;
}

import { z } from 'zod';

/** In the place of a figure that a show of this kind cannot have: it is neither missing nor 0. */
export const notApplicable = 'not applicable';

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const none = z.literal(notApplicable);

/** Of every show. */
const shared = {
  /** That the encoder sent: from its first byte to its end. */
  pushedSeconds: seconds,
  /** What the viewer's socket received, in so many requests. */
  viewerBytes: count,
  viewerRequests: count,
  /** Of the segments that the viewer got, by its playlist. */
  watchedSeconds: seconds,
  /** HTTP status of one who asked to watch without a right to. */
  refusedStatus: z.int(),
  /** What became of an encoder that pushed as before when the show was over. */
  pushAfterStop: z.enum(['refused', 'taken']),
  /** In the bucket of recordings, as S3 lists it. */
  recordingBytes: count,
  recordingObjects: count,
  /** Of the MP4's pictures, by ffprobe. */
  mp4Seconds: seconds,
  /** Of the pictures of the recording's HLS, by ffprobe: the longest of its renditions, and all of them added up. */
  hlsSeconds: seconds,
  hlsRenditionSeconds: seconds,
  /** Of what was converted: the MP4, and of a Pro show every rendition of HLS. */
  convertedSeconds: seconds,
  /** The same by MediaConvert's rule: of each output whole seconds, at least ten. */
  convertedBillableSeconds: count,
  convertedOutputs: count,
  /** What the lines' billable quantities cost at the rates of the Price List's own API, each line rounded half-even to 10^-9 USD. */
  priceListUsd: z.string().regex(/^\d+\.\d{9}$/),
};

/** Counted of a show on a Pro pipeline. */
export const proIndependentSchema = z.strictObject({
  kind: z.literal('PRO'),
  ...shared,
  /** That the channel was seen running, by asking MediaLive all the time. */
  ranSeconds: seconds,
  /** Of one request that names no breakout: the platform bears it. */
  strayBytes: count,
  /** Bodies that the edge did not have, and fetched from the packager. */
  bodyBytesFromOrigin: count,
  /** In the bucket of archives, and by ffprobe. */
  archiveBytes: count,
  archiveObjects: count,
  archiveSeconds: seconds,
});

/** Counted of a show on a Cam pipeline: there is no channel that runs, no packager, no archive, and nobody's traffic is charged. */
export const camIndependentSchema = z.strictObject({
  kind: z.literal('CAM'),
  ...shared,
  ranSeconds: none,
  strayBytes: none,
  bodyBytesFromOrigin: none,
  archiveBytes: none,
  archiveObjects: none,
  archiveSeconds: none,
});

/** What was counted without the platform: the same fields of every show. */
export const independentSchema = z.discriminatedUnion('kind', [proIndependentSchema, camIndependentSchema]);

export type ProIndependent = z.infer<typeof proIndependentSchema>;
export type CamIndependent = z.infer<typeof camIndependentSchema>;
export type Independent = z.infer<typeof independentSchema>;

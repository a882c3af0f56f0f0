/**
 * How long after the fact a service's points can be read, in minutes. AWS documents "every minute or sooner" and best
 * effort; these are the watermarks that readers of live usage must reckon with.
 */
const lagMinutes: Readonly<Record<string, number>> = {
  // Published every second: MediaLive User Guide, eml-metrics-gen-info.
  'AWS/MediaLive': 1,
  // Every minute, late points are usual: MediaPackage User Guide, metrics; the watermark of live packaging.
  'AWS/MediaPackage': 3,
  // "Available within a few minutes": CloudFront Developer Guide, monitoring-using-cloudwatch; the watermark of live delivery.
  'AWS/CloudFront': 6,
};

/** Custom metrics and other services: a minute. */
const otherMinutes = 1;

/** How long after it was recorded an observation can be read on AWS, in milliseconds. */
export const publicationLagMilliseconds = (namespace: string): number => (lagMinutes[namespace] ?? otherMinutes) * 60_000;

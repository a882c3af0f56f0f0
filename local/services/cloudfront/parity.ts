import type { ParityNote } from '../../assembly/parity.ts';
import { inertDistributionFeatures, refusedDistributionFeatures } from './distributions/refused-features.ts';

const subject = 'cloudfront';

const enforced: readonly string[] = [
  'functions: behaviour, event, API, limits of size and headers',
  'cache: policies, TTLs, error caching, collapsed requests, ranges, conditions',
  'sc-bytes and BytesDownloaded: every byte of status line, headers and body',
  'origin access control: requests to buckets signed for the distribution, which the bucket policy must let in',
  'access logs: 33 fields, names, delivery late by the time scale',
];

const differences: readonly ParityNote[] = [
  { subject, item: 'a new distribution', stance: 'inert', reason: 'it serves at once, while its Status is InProgress for as long as on AWS; updates wait until they are deployed' },
  { subject, item: 'BytesDownloaded of other methods than GET and HEAD', stance: 'inert', reason: 'every answer counts, so that the sum of the logs is the metric' },
  { subject, item: 'ranges on a miss', stance: 'inert', reason: 'the whole object is asked of the origin, which CloudFront may do too' },
  { subject, item: 'Brotli', stance: 'inert', reason: 'viewers that take gzip are asked for with gzip' },
  { subject, item: 'FunctionComputeUtilization', stance: 'refused', reason: 'the share of a time limit on this machine says nothing of AWS; the metric has no points' },
  { subject, item: 'KeyValueStore ImportSource', stance: 'refused', reason: 'keys are put through the API' },
];

/** How far CloudFront on this machine follows AWS. */
export const cloudFrontParity: readonly ParityNote[] = [
  ...refusedDistributionFeatures.map(({ feature }) => ({ subject, item: feature, stance: 'refused', reason: 'not needed yet, and ignoring it would change what viewers get' }) as const),
  ...Object.entries(inertDistributionFeatures).map(([item, reason]) => ({ subject, item, stance: 'inert', reason }) as const),
  ...enforced.map((item) => ({ subject, item, stance: 'enforced' }) as const),
  ...differences,
];

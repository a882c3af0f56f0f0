import type { ViewerProtocol } from '../../pricing/delivery-rates.ts';
import type { DeliveryLogRow, LoggedGeography } from '../delivery-log.ts';

/** Requests and bytes that belong together. */
export interface Traffic {
  readonly requests: bigint;
  readonly bytes: bigint;
}

/** Traffic of one owner by what it is charged by. */
export interface TrafficSplit extends Traffic {
  readonly bytesByGeography: ReadonlyMap<LoggedGeography, bigint>;
  readonly requestsByGeography: ReadonlyMap<LoggedGeography, ReadonlyMap<ViewerProtocol, bigint>>;
  /** Requests that ran the edge function: all but those that CloudFront sent on to https by itself. */
  readonly functionRuns: bigint;
  /** Key value reads of the edge function. */
  readonly storeReads: bigint;
}

/** Reads of the edge's store by a request that the edge function lets through. */
export const readsOfServedRequest = 3n;

/** The same of the function before recordings: the signing key, the session's revocation. */
export const readsOfServedRecording = 2n;

/**
 * What CloudFront logs of a request that it sends on from http to https by itself: no function of the viewer request runs for it.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html, which says so
 * of Lambda@Edge; that it holds of CloudFront Functions is UNVERIFIED.
 */
const sentOnToHttps = 'Redirect';

const runsFunction = ({ result }: DeliveryLogRow): boolean => result !== sentOnToHttps;

/**
 * Reads that one request makes: the signing key, the session's revocation, the holder. A path without a token makes none, and of a request
 * that the function answered itself it is not logged how far it came: it is counted with the first read only.
 */
const readsOf = (row: DeliveryLogRow): bigint => {
  const { breakoutId, kind, result } = row;
  if (breakoutId === null || !runsFunction(row)) return 0n;
  if (result === 'FunctionGeneratedResponse') return 1n;
  return kind === 'RECORDING' ? readsOfServedRecording : readsOfServedRequest;
};

/** Sums rows by geography and protocol, in a fixed order. */
export const splitTraffic = (rows: readonly DeliveryLogRow[]): TrafficSplit => {
  const bytesByGeography = new Map<LoggedGeography, bigint>();
  const requestsByGeography = new Map<LoggedGeography, Map<ViewerProtocol, bigint>>();
  const sorted = [...rows].sort((left, right) => `${left.geography} ${left.protocol}`.localeCompare(`${right.geography} ${right.protocol}`, 'en'));
  for (const { geography, protocol, bytes, requests } of sorted) {
    bytesByGeography.set(geography, (bytesByGeography.get(geography) ?? 0n) + bytes);
    const byProtocol = requestsByGeography.get(geography) ?? new Map<ViewerProtocol, bigint>();
    requestsByGeography.set(geography, byProtocol.set(protocol, (byProtocol.get(protocol) ?? 0n) + requests));
  }
  return {
    requests: rows.reduce((sum, { requests }) => sum + requests, 0n),
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0n),
    functionRuns: rows.filter(runsFunction).reduce((sum, { requests }) => sum + requests, 0n),
    storeReads: rows.reduce((sum, row) => sum + row.requests * readsOf(row), 0n),
    bytesByGeography,
    requestsByGeography,
  };
};

/** The known geography with most bytes; the first by name when several have as many. */
export const dominantGeography = ({ bytesByGeography }: TrafficSplit): LoggedGeography | undefined => {
  const known = [...bytesByGeography].filter(([geography]) => geography !== 'UNKNOWN');
  return known.reduce<[LoggedGeography, bigint] | undefined>((best, next) => (best && best[1] >= next[1] ? best : next), undefined)?.[0];
};

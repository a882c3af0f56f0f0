import {
  functionInvocationCriteria,
  requestCriteria,
  storeReadCriteria,
  transferCriteria,
  type ViewerProtocol,
} from '../../pricing/delivery-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import type { LoggedGeography } from '../delivery-log.ts';
import type { Measures } from '../measures.ts';
import { ratedLine, unratableLine, type LineDraft } from '../rated-line.ts';
import type { LineOwner, UsageLine } from '../usage-line.ts';
import type { TrafficSplit } from './delivery-traffic.ts';
import { bytesPerGigabyte } from './packaging-meter.ts';

/** Traffic with whose it is and how its bytes are booked. */
export interface TrafficOf {
  /** Ends what the lines' keys begin with. */
  readonly id: 'attributed' | 'monitoring' | 'unattributed' | 'unlogged';
  readonly owner: LineOwner;
  readonly source: string;
  readonly notes: readonly string[];
  readonly traffic: TrafficSplit;
  readonly addsBytes: (bytes: bigint) => Measures;
  /** What its requests add beside themselves; absent = nothing. */
  readonly addsRequests?: (requests: bigint) => Measures;
  /** The series that lines of its bytes and of its requests come from; absent = each has one under its own key. */
  readonly points?: { readonly bytes: string; readonly requests: string };
}

const unknownGeography = 'the edge location is on no list: add its code to edge-locations.ts';

const transferLine = (draft: LineDraft, { addsBytes, points }: TrafficOf, geography: LoggedGeography, bytes: bigint, book: PriceBook | undefined): UsageLine => {
  const key = `${draft.key}/${geography}/transfer`;
  const line: LineDraft = {
    ...draft,
    key,
    points: [points?.bytes ?? key],
    dimension: `transfer to viewers from ${geography}`,
    quantity: { amount: bytes, unit: 'bytes' },
    adds: addsBytes(bytes),
  };
  if (geography === 'UNKNOWN') return unratableLine(line, unknownGeography);
  return ratedLine(line, fraction(bytes, bytesPerGigabyte), transferCriteria(geography), book);
};

const requestLine = (draft: LineDraft, { addsRequests, points }: TrafficOf, geography: LoggedGeography, protocol: ViewerProtocol, requests: bigint, book: PriceBook | undefined): UsageLine => {
  const key = `${draft.key}/${geography}/${protocol}-requests`;
  const line: LineDraft = {
    ...draft,
    key,
    points: [points?.requests ?? key],
    dimension: `${protocol} requests in ${geography}`,
    quantity: { amount: requests, unit: 'requests' },
    adds: { deliveryRequests: requests, ...addsRequests?.(requests) },
  };
  if (geography === 'UNKNOWN') return unratableLine(line, unknownGeography);
  return ratedLine(line, fraction(requests), requestCriteria(geography, protocol), book);
};

const countLine = (draft: LineDraft, { points }: TrafficOf, id: string, amount: bigint, criteria: RateCriteria, book: PriceBook | undefined): UsageLine => {
  const key = `${draft.key}/${id}`;
  return ratedLine({ ...draft, key, points: [points?.requests ?? key], dimension: criteria.what, quantity: { amount, unit: id } }, fraction(amount), criteria, book);
};

/**
 * The charged lines of some traffic: transfer by geography, requests by geography and protocol, runs of the edge
 * function and its key value reads. The lines' keys begin with the draft's. No traffic, no lines.
 */
export const trafficLines = (edge: LineDraft, one: TrafficOf, book: PriceBook | undefined): readonly UsageLine[] => {
  const { traffic, owner, source, notes } = one;
  if (traffic.requests === 0n && traffic.bytes === 0n) return [];
  const draft: LineDraft = { ...edge, owner, source, notes };
  return [
    ...[...traffic.bytesByGeography].map(([geography, bytes]) => transferLine(draft, one, geography, bytes, book)),
    ...[...traffic.requestsByGeography].flatMap(([geography, byProtocol]) =>
      [...byProtocol].map(([protocol, requests]) => requestLine(draft, one, geography, protocol, requests, book)),
    ),
    countLine(draft, one, 'function-invocations', traffic.functionRuns, functionInvocationCriteria, book),
    countLine(draft, one, 'store-reads', traffic.storeReads, storeReadCriteria, book),
  ];
};

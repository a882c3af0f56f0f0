import type { CamIndependent, ProIndependent } from '../../../scripts/demo/independent.ts';
import type { Results, UsageLine } from '../../../scripts/demo/read-results.ts';
import { accountUsageSchema, breakoutUsageSchema, eventUsageSchema, usageLineSchema } from '../../../lambda/contract/api/usage.ts';

const shared = {
  pushedSeconds: 60, viewerBytes: 1000, viewerRequests: 40, watchedSeconds: 59, refusedStatus: 403, pushAfterStop: 'refused',
  recordingBytes: 5000, recordingObjects: 36, mp4Seconds: 60, hlsSeconds: 60, hlsRenditionSeconds: 60, priceListUsd: '0.500000000',
} as const;

/** What is counted of a Cam show of a minute that {@link camResults} tells of. */
export const countedCam: CamIndependent = {
  kind: 'CAM', ...shared, convertedSeconds: 60, convertedBillableSeconds: 60, convertedOutputs: 1,
  ranSeconds: 'not applicable', strayBytes: 'not applicable', bodyBytesFromOrigin: 'not applicable',
  archiveBytes: 'not applicable', archiveObjects: 'not applicable', archiveSeconds: 'not applicable',
};

/** What is counted of a Pro show of a minute that {@link proResults} tells of. */
export const countedPro: ProIndependent = {
  kind: 'PRO', ...shared, refusedStatus: 404, convertedSeconds: 120, convertedBillableSeconds: 120, convertedOutputs: 2,
  ranSeconds: 62, strayBytes: 300, bodyBytesFromOrigin: 900, archiveBytes: 7000, archiveObjects: 2, archiveSeconds: 60,
};

const at = '2026-11-23T10:00:00.000Z';

const rated = (unit: string) => ({ measured: { amount: '0.01', unit }, billable: { amount: '0.01', unit }, usd: '0.5', chargeUsd: '0.5' });

const streaming = { hours: '0.0166', runMilliseconds: '60100', billableMinutes: null, inputMilliseconds: '59800', deliveredMilliseconds: '59000', deliveredHours: '0.016388', ...rated('hours') };
const conversion = { minutes: '1', milliseconds: '60000', billableSeconds: '60', ...rated('minutes') };
const storage = { bytesHeld: '5000', gigabytes: '0.000005', gigabyteMonths: '0', held: { amount: '0.000005', unit: 'GB' }, ...rated('GB-months') };
const delivery = {
  bytes: '1000', gigabytes: '0', requests: '40', attributedBytes: '1000', monitoringBytes: '0', unloggedBytes: '0', unattributedBytes: '0', edgeBytes: '1000', edgeRequests: '40', completeness: '1', ...rated('GB'),
};
const packaging = { ingressBytes: '100', egressBytes: '900', gigabytes: '0', ...rated('GB') };

/** A line of usage, with what a test changes. */
export const aLine = (change: Partial<Readonly<Record<keyof UsageLine, unknown>>> = {}): UsageLine =>
  usageLineSchema.parse({
    key: 'streaming/input', owner: 'BREAKOUT', category: 'streaming', service: 'IVS', dimension: 'live input, Basic channel', month: '2026-11', periodStart: at, periodEnd: at,
    source: 'CloudWatch AWS/IVS LiveInputTime', watermark: at, notes: [], points: [], ...change,
  });

const levelsOf = (states: Readonly<Record<string, string>>, categories: Readonly<Record<string, unknown>>): Results['usage'] => {
  const usage = { status: 'FINAL', asOf: at, states, categories, accruing: null, minimumChargeUsd: null, totalUsd: '0.5', totalChargeUsd: '0.5', unpriced: [], period: 'TOTAL', at: null };
  const none = { streaming: 'NO_DATA', packaging: 'NO_DATA', delivery: 'NO_DATA', conversion: 'NO_DATA', storage: 'NO_DATA' };
  const empty = { streaming: null, packaging: null, delivery: null, conversion: null, storage: null };
  const running = { usage: { ...usage, status: 'ESTIMATED', states: none, categories: empty, totalUsd: '0', totalChargeUsd: '0' }, shows: [] };
  return {
    breakout: breakoutUsageSchema.parse({ ...usage, breakoutId: 'bko_1', sources: [] }),
    event: eventUsageSchema.parse({ ...usage, eventId: 'evt_1', running }),
    account: accountUsageSchema.parse({ ...usage, accountId: 'acc_1', running }),
  };
};

const ready: unknown = { status: 'READY' };

const resultsOf = (usage: Results['usage'], lines: readonly UsageLine[], audience: unknown): Results => ({ usage, lines, audience: audience as Results['audience'], recording: ready as Results['recording'], finalSeconds: 92 }) as Results;

/** What the platform tells of a Cam show of a minute with one viewer; of its streaming what a test changes. */
export const camResults = (change: Readonly<Record<string, string>> = {}, { viewers = 1, billable = '0.01' } = {}): Results => {
  const states = { streaming: 'MEASURED', packaging: 'NOT_APPLICABLE', delivery: 'NOT_APPLICABLE', conversion: 'MEASURED', storage: 'MEASURED' };
  const categories = { streaming: { ...streaming, billable: { amount: billable, unit: 'hours' }, ...change }, packaging: null, delivery: null, conversion, storage };
  const lines = [
    aLine({ quantity: { amount: '59800', unit: 'milliseconds' }, usd: '0.5' }),
    aLine({ key: 'streaming/output/NA', quantity: { amount: '59000', unit: 'milliseconds' }, usd: '0' }),
    aLine({ key: 'storage/recordings/put-requests', category: 'storage', quantity: { amount: '36', unit: 'requests' }, usd: '0' }),
  ];
  return resultsOf(levelsOf(states, categories), lines, { now: { viewers: { value: viewers, label: 'COUNT' } } });
};

/** What the platform tells of a Pro show of a minute with one viewer; of its delivery what a test changes. */
export const proResults = (change: Readonly<Record<string, string>> = {}): Results => {
  const states = { streaming: 'MEASURED', packaging: 'MEASURED', delivery: 'MEASURED', conversion: 'MEASURED', storage: 'MEASURED' };
  const ran = { ...streaming, runMilliseconds: '62000', inputMilliseconds: null, deliveredMilliseconds: null, deliveredHours: null };
  const categories = { streaming: ran, packaging, delivery: { ...delivery, ...change }, conversion: { ...conversion, milliseconds: '120000', billableSeconds: '120' }, storage: { ...storage, bytesHeld: '12000' } };
  const lines = [
    aLine({ key: 'delivery/edge', category: 'delivery', quantity: { amount: '1300', unit: 'bytes' }, usd: '0.5' }),
    aLine({ key: 'delivery/unattributed/NA/transfer', owner: 'PLATFORM', category: 'delivery', quantity: { amount: '300', unit: 'bytes' } }),
    aLine({ key: 'storage/recordings/put-requests', category: 'storage', quantity: { amount: '38', unit: 'requests' } }),
  ];
  return resultsOf(levelsOf(states, categories), lines, { uniqueViewers: { value: 1 }, peakConcurrentSessions: { value: 1 } });
};

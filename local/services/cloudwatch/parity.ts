import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'monitoring';

/** How far the service follows AWS. */
export const cloudWatchParity: readonly ParityNote[] = [
  { subject, item: 'publication lag of each service, divided by the time scale', stance: 'enforced' },
  { subject, item: 'limits, pages, order, rounding of starts, periods by age, unit filters', stance: 'enforced' },
  { subject, item: 'no data: no points, and StatusCode Complete', stance: 'enforced' },
  { subject, item: 'alarms', stance: 'inert', reason: 'kept and described, never evaluated' },
  { subject, item: 'periods below a minute', stance: 'inert', reason: 'answered with points of a minute, as for metrics of standard resolution' },
  { subject, item: 'retention', stance: 'inert', reason: 'points are kept as long as the data folder' },
  { subject, item: 'expressions, percentiles', stance: 'refused', reason: 'the platform uses none' },
];

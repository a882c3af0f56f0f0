import type { ParityNote } from '../../assembly/parity.ts';

/** How far CloudWatch Logs follows AWS. */
export const logsParity: readonly ParityNote[] = [
  { subject: 'logs', item: 'groups, streams, events, retention and filter patterns of terms', stance: 'enforced' },
  { subject: 'logs', item: 'filter patterns of JSON, columns and regular expressions', stance: 'refused', reason: 'nothing in the templates has one' },
  { subject: 'logs', item: 'events beyond the newest 50,000', stance: 'inert', reason: 'the oldest go first, so that a log never fills the memory' },
];

import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'cloudfront-keyvaluestore';

/** How far the service follows AWS. */
export const keyValueStoreParity: readonly ParityNote[] = [
  { subject, item: 'one version a store: of two writers that read the same, the second gets ConflictException', stance: 'enforced' },
  { subject, item: 'sizes of keys, values, updates and stores', stance: 'enforced' },
  { subject, item: 'propagation to edge locations, divided by the time scale', stance: 'enforced' },
];

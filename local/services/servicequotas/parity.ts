import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'servicequotas';

/** How far the service follows AWS. */
export const serviceQuotasParity: readonly ParityNote[] = [
  { subject, item: 'quotas of MediaLive that pipelines count against, by their codes, in the documented shapes', stance: 'enforced' },
  { subject, item: 'values', stance: 'inert', reason: 'a new account\'s are told, so that the pre-flight can be tried; this machine allows more' },
  { subject, item: 'other services, requests for more', stance: 'refused', reason: 'nothing here reads or raises them' },
];

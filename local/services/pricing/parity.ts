import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'pricing';

/** How far the service follows AWS. */
export const pricingParity: readonly ParityNote[] = [
  { subject, item: 'shape of products and terms, filters, pages, throttling', stance: 'enforced' },
  { subject, item: 'rates', stance: 'inert', reason: 'a snapshot of what the platform needs in us-east-1, each with source and date; rates without a source are marked illustrative' },
  { subject, item: 'Regions', stance: 'inert', reason: 'eu-north-1 is listed without rates, so that selection fails closed; others are unknown' },
];

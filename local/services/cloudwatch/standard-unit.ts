import { StandardUnit } from '@aws-sdk/client-cloudwatch';

/** A unit as the SDK types it; `None` for what CloudWatch does not know. */
export const standardUnit = (unit: string | undefined): StandardUnit => Object.values(StandardUnit).find((known) => known === unit) ?? 'None';

import type { Dimension } from '@aws-sdk/client-cloudwatch';

/** Dimensions of a request by name. */
export const dimensionsOf = (dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));

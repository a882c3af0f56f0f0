import { ThrottlingException } from '@aws-sdk/client-pricing';

/** AWS Billing User Guide, quotas: each operation has a bucket of 10 calls that refills by 5 a second. */
const capacity = 10;
const refillPerSecond = 5;

/** Takes one call of an operation from its bucket; throws a ThrottlingException when there is none left. */
export const callThrottle = (now: () => number): ((operation: string) => void) => {
  const buckets = new Map<string, { calls: number; at: number }>();
  return (operation) => {
    const at = now();
    const last = buckets.get(operation) ?? { calls: capacity, at };
    const calls = Math.min(capacity, last.calls + ((at - last.at) / 1000) * refillPerSecond);
    buckets.set(operation, { calls: calls >= 1 ? calls - 1 : calls, at });
    if (calls < 1) throw new ThrottlingException({ message: 'Rate exceeded', $metadata: {} });
  };
};

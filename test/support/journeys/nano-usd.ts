/** An amount of USD as the API answers it, in 10^-9 USD. */
export const nanoUsd = (usd: string): bigint => {
  const [whole = '0', places = ''] = usd.split('.');
  return BigInt(whole) * 1_000_000_000n + BigInt(places.padEnd(9, '0'));
};

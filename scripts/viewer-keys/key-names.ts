const numberOf = (name: string): number => Number(/^k(\d+)$/.exec(name)?.[1] ?? 0);

/** The name of the key that follows: `k3` after `k1` and `k2`. */
export const nextKeyName = (names: readonly string[]): string => `k${Math.max(0, ...names.map(numberOf)) + 1}`;

/** The newest of some keys. */
export const newestKeyName = (names: readonly string[]): string | undefined => [...names].sort((one, other) => numberOf(other) - numberOf(one))[0];

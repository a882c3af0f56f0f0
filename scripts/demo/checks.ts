/** One comparison of a figure of the platform with one counted independently. */
export interface Check {
  readonly name: string;
  readonly expected: string;
  readonly measured: string;
  readonly ok: boolean;
}

/** Both must be the same to the last digit. */
export const exactly = (name: string, expected: string | bigint | number, measured: string | bigint | number): Check => ({
  name,
  expected: String(expected),
  measured: String(measured),
  ok: String(expected) === String(measured),
});

const decimals = { s: { tolerance: 2, figure: 3 }, USD: { tolerance: 6, figure: 9 } } as const;

/** The two may differ by as much as the rule says. What is no number differs. */
export const within = (name: string, tolerance: number, unit: keyof typeof decimals, expected: number, measured: number): Check => ({
  name: `${name} (within ${tolerance.toFixed(decimals[unit].tolerance)} ${unit})`,
  expected: expected.toFixed(decimals[unit].figure),
  measured: measured.toFixed(decimals[unit].figure),
  ok: Math.abs(expected - measured) <= tolerance,
});

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

/** The two may differ by as much as the rule says. */
export const within = (name: string, tolerance: number, unit: string, expected: number, measured: number): Check => ({
  name: `${name} (within ${tolerance.toFixed(2)} ${unit})`,
  expected: expected.toFixed(3),
  measured: measured.toFixed(3),
  ok: Math.abs(expected - measured) <= tolerance,
});

import fc from 'fast-check';
import { lineScanner } from '../../../../../lambda/domain/usage/access-log/line-scanner.ts';

/** What a log consists of when it comes in chunks of such a size. */
const scanned = (text: string, chunkBytes: number): readonly unknown[] => {
  const told: unknown[] = [];
  const bytes = Buffer.from(text, 'latin1');
  const scanner = lineScanner({
    directive: (directive) => told.push(directive),
    line: ({ bytes: line, starts, fieldCount, number }) =>
      told.push([number, ...Array.from({ length: fieldCount }, (_, field) => Buffer.from(line).toString('latin1', starts[field], starts[field + 1]! - 1))]),
  });
  for (let from = 0; from < bytes.length; from += chunkBytes) scanner.push(bytes.subarray(from, from + chunkBytes));
  scanner.end();
  return told;
};

describe('lineScanner', () => {
  it('tells directives, lines and their fields', () => {
    expect(scanned('#Version: 1.0\na\tbc\t\n\nx', 1000)).toEqual(['#Version: 1.0', [2, 'a', 'bc', ''], [4, 'x']]);
  });

  it('tells the same however the bytes are cut', () => {
    const text = fc.array(fc.constantFrom('a', 'bcd', '\t', '\n', '#', '\u0000', 'ü', '\r'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (log, chunkBytes) => {
        expect(scanned(log, chunkBytes)).toEqual(scanned(log, 10_000));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('survives more fields than any log has', () => {
    expect(scanned(`${'\t'.repeat(1000)}\n#end\n`, 64).at(-1)).toBe('#end');
  });

  it('fails on a line that never ends', () => {
    expect(() => scanned('x'.repeat(300_000), 65_536)).toThrow(/line 1 has more than 262144 bytes/);
  });
});

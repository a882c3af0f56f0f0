import fc from 'fast-check';
import { byteInterner } from '../../../../../lambda/domain/usage/access-log/byte-interner.ts';

describe('byteInterner', () => {
  it('gives equal bytes equal numbers, and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 60 }), (texts) => {
        const interner = byteInterner(100);
        const known = new Map<string, number>();
        for (const text of texts) {
          const bytes = Buffer.from(`<${text}>`);
          const number = interner.numberOf(bytes, 1, bytes.length - 1);
          expect(number).toBe(known.get(text) ?? known.size);
          known.set(text, number);
          expect(Buffer.from(interner.bytesOf(number)).toString()).toBe(text);
        }
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  it('takes no more than it has room for', () => {
    const interner = byteInterner(2);

    expect(['a', 'b', 'c', 'a', 'd'].map((text) => interner.numberOf(Buffer.from(text), 0, 1))).toEqual([0, 1, -1, 0, -1]);
    expect(interner.size).toBe(2);
  });

  it('keeps its bytes when the buffer is used again', () => {
    const interner = byteInterner(2);
    const buffer = Buffer.from('first');
    interner.numberOf(buffer, 0, 5);

    buffer.write('other');

    expect(Buffer.from(interner.bytesOf(0)).toString()).toBe('first');
  });
});

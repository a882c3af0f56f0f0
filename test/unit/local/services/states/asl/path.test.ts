import fc from 'fast-check';
import { isReferencePath, parsePath, readPath, writePath } from '../../../../../../local/services/states/asl/path.ts';

const document = { show: { title: 'Opening', tags: ['live', 'music'], times: [{ at: 1 }, { at: 2 }, { at: 3 }] }, 'a.b': 1, none: null };

describe('path', () => {
  test.each([
    ['$', document],
    ['$.show.title', 'Opening'],
    ["$['a.b']", 1],
    ['$.show.tags[1]', 'music'],
    ['$.show.tags[-1]', 'music'],
    ['$.show.times[*].at', [1, 2, 3]],
    ['$.show.times[1:].at', [2, 3]],
    ['$.show.times[0,2].at', [1, 3]],
    ['$.none', null],
    ['$.absent', undefined],
    ['$.show.tags.length', undefined],
    ['$.toString', undefined],
    ['$.absent[*]', []],
  ])('reads %s', (text, expected) => {
    expect(readPath(parsePath(text), document)).toEqual(expected);
  });

  test.each(['show', '$..at', '$.times[?(@.at>1)]', '$.', '$[', '$.a b'])('rejects %s', (text) => {
    expect(() => parsePath(text)).toThrow(SyntaxError);
  });

  it('says which paths may be written to', () => {
    expect(['$', '$.a.b[0]', "$['x']", '$.a[*]', '$.a[-1]', '$.a[0:1]'].map((text) => isReferencePath(parsePath(text)))).toEqual([true, true, true, false, false, false]);
  });

  it('fails to write below a value that is no object', () => {
    expect(() => writePath(parsePath('$.a.b'), { a: 1 }, 2)).toThrow(expect.objectContaining({ error: 'States.ResultPathMatchFailure' }));
  });

  const name = fc.string({ minLength: 1, maxLength: 8 });
  const pathOf = (names: readonly string[]): string => `$${names.map((each) => `['${each.replace(/['\\]/gu, '\\$&')}']`).join('')}`;

  it('reads what was written, and leaves the rest as it was', () => {
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.jsonValue(), fc.dictionary(name, fc.integer()), (names, value, rest) => {
      const [first = ''] = names;
      const before = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== first));
      const path = parsePath(pathOf(names));

      const after = writePath(path, before, value);

      expect(readPath(path, after)).toEqual(value);
      for (const key of Object.keys(before)) expect(readPath(parsePath(pathOf([key])), after)).toBe(before[key]);
      expect(writePath(path, after, value)).toEqual(after);
    }));
  });
});

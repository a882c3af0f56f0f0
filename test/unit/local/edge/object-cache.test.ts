import { CachedObject } from '../../../../local/edge/cache/cached-object.ts';
import { createObjectCache } from '../../../../local/edge/cache/object-cache.ts';

const anObject = (bytes: number): CachedObject => {
  const object = new CachedObject({ status: 200, headers: [], storedAt: 0, freshUntil: 1 });
  object.append(Buffer.alloc(bytes));
  object.finish('complete');
  return object;
};

describe('the object cache', () => {
  it('drops what was not used longest when it is full', () => {
    const cache = createObjectCache(100);
    cache.put('a', anObject(40));
    cache.put('b', anObject(40));
    cache.get('a');

    cache.put('c', anObject(40));

    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
    expect(cache.bytes).toBe(80);
  });

  it('counts a replaced object once', () => {
    const cache = createObjectCache(100);
    cache.put('a', anObject(40));

    cache.put('a', anObject(10));
    cache.delete('missing');

    expect(cache.bytes).toBe(10);
  });
});

describe('an object that arrives', () => {
  it('gives every reader its range as bytes come', async () => {
    const object = new CachedObject({ status: 200, headers: [], storedAt: 0, freshUntil: 1 });
    const collect = async (range?: { first: number; last: number }): Promise<string> => {
      const parts: Buffer[] = [];
      for await (const part of object.read(range)) parts.push(part);
      return Buffer.concat(parts).toString();
    };

    const reading = Promise.all([collect(), collect({ first: 2, last: 5 }), collect({ first: 7, last: 7 })]);
    for (const text of ['012', '345', '67']) {
      object.append(Buffer.from(text));
      await new Promise((resolve) => setImmediate(resolve));
    }
    object.finish('complete');

    expect(await reading).toEqual(['01234567', '2345', '7']);
  });
});

import { PieceCache } from '../../../../../local/services/mediapackage/packaging/piece-cache.ts';

describe('a cache of pieces', () => {
  it('makes a piece once for those who ask together', async () => {
    const cache = new PieceCache(100);
    let made = 0;
    const make = async (): Promise<Buffer> => { made += 1; return Promise.resolve(Buffer.alloc(10)); };

    const pieces = await Promise.all([cache.get('one', make), cache.get('one', make), cache.get('one', make)]);

    expect(made).toBe(1);
    expect(new Set(pieces).size).toBe(1);
  });

  it('tries again after a failure', async () => {
    const cache = new PieceCache(100);
    await expect(cache.get('one', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');

    await expect(cache.get('one', () => Promise.resolve(Buffer.alloc(1)))).resolves.toHaveLength(1);
  });

  it('lets go of what was asked for longest ago', async () => {
    const cache = new PieceCache(25);
    const made: string[] = [];
    const ask = (name: string) => cache.get(name, () => { made.push(name); return Promise.resolve(Buffer.alloc(10)); });

    for (const name of ['one', 'two', 'one', 'three', 'one', 'two']) await ask(name);

    expect(made).toEqual(['one', 'two', 'three', 'two']);
  });
});

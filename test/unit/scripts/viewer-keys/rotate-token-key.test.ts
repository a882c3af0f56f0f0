import fc from 'fast-check';
import type { SigningKeys } from '../../../../scripts/viewer-keys/key-secret.ts';
import { rotateTokenKey, type TokenKeyRotation } from '../../../../scripts/viewer-keys/rotate-token-key.ts';

const settlingMilliseconds = 60_000;
const tokenMilliseconds = 600_000;

class PowerCut extends Error {}

interface Token {
  readonly key: string;
  readonly expiresAt: number;
}

/** A function and an edge, each of which goes on with what it knew for as long as it may, and viewers who watch all the time. */
class World {
  time = 0;
  secret: SigningKeys = { signWith: 'k1', keys: { k1: 'key-1' } };
  edge: Record<string, string> = { k1: 'key-1' };
  readonly refused: string[] = [];
  #known = { secret: this.secret, readAt: 0 };
  #seen = { keys: { ...this.edge }, readAt: 0 };
  #tokens: Token[] = [];
  #stepsLeft = Infinity;
  #made = 1;
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  cutPowerAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  pass(milliseconds: number): void {
    for (let left = milliseconds; left > 0; left -= 10_000) {
      this.time += Math.min(10_000, left);
      if (this.time - this.#known.readAt >= settlingMilliseconds - 10_000 || this.#next() % 4 === 0) this.#known = { secret: this.secret, readAt: this.time };
      if (this.time - this.#seen.readAt >= settlingMilliseconds - 10_000 || this.#next() % 4 === 0) this.#seen = { keys: { ...this.edge }, readAt: this.time };
      this.#watch();
    }
  }

  #watch(): void {
    const { signWith, keys } = this.#known.secret;
    this.#tokens = [...this.#tokens.filter(({ expiresAt }) => expiresAt > this.time), { key: keys[signWith]!, expiresAt: this.time + tokenMilliseconds }];
    const accepted = Object.values(this.#seen.keys);
    for (const { key } of this.#tokens) if (!accepted.includes(key)) this.refused.push(key);
  }

  #step(): void {
    if (this.#stepsLeft === 0) throw new PowerCut('the power is gone');
    this.#stepsLeft -= 1;
    this.pass(this.#next() % 5000);
  }

  get rotation(): TokenKeyRotation {
    const step = async <Result>(act: () => Result): Promise<Result> => {
      this.#step();
      return act();
    };
    return {
      secret: { read: () => step(() => this.secret), write: (keys) => step(() => void (this.secret = keys)) },
      edge: {
        put: (name, key) => step(() => void (this.edge = { ...this.edge, [name]: key })),
        remove: (name) => step(() => void (this.edge = Object.fromEntries(Object.entries(this.edge).filter(([other]) => other !== name)))),
      },
      newKey: () => `key-${++this.#made}`,
      sleep: (milliseconds) => step(() => {
        this.pass(milliseconds);
      }),
      settlingMilliseconds,
      tokenMilliseconds,
      onProgress: () => undefined,
    };
  }
}

const worldOf = (seeds: readonly number[]): World => {
  let index = 0;
  return new World(() => seeds[index++ % seeds.length]!);
};

const seeds = fc.array(fc.nat(), { minLength: 5, maxLength: 40 });

describe('the rotation of the key that signs tokens', () => {
  it('refuses no token at any moment, and leaves the new key alone', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (given) => {
        const world = worldOf(given);
        world.pass(tokenMilliseconds);

        await rotateTokenKey(world.rotation);
        world.pass(tokenMilliseconds);

        expect(world.refused).toEqual([]);
        expect([world.secret, world.edge]).toEqual([{ signWith: 'k2', keys: { k2: 'key-2' } }, { k2: 'key-2' }]);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on where it broke off, whenever that was', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), async (given, cuts) => {
        const world = worldOf(given);
        for (const cut of cuts) {
          world.cutPowerAfter(cut);
          await rotateTokenKey(world.rotation).catch((error: unknown) => expect(error).toBeInstanceOf(PowerCut));
        }
        world.cutPowerAfter(Infinity);

        await rotateTokenKey(world.rotation);
        world.pass(tokenMilliseconds);

        expect(world.refused).toEqual([]);
        expect(Object.keys(world.secret.keys)).toEqual([world.secret.signWith]);
        expect(world.edge).toMatchObject(world.secret.keys);
      }),
      { numRuns: 40 },
    );
  });

  it('fails where there is no secret', async () => {
    const { rotation } = worldOf([1]);

    await expect(rotateTokenKey({ ...rotation, secret: { ...rotation.secret, read: async () => undefined } })).rejects.toThrow('deploy the stage first');
  });
});

import fc from 'fast-check';
import { rotateOriginSecret, type RotationDependencies } from '../../../../scripts/origin-secret/rotate-origin-secret.ts';

const recognitionMilliseconds = 600_000;

class PowerCut extends Error {}

/** A secret, a packager that reads it whenever it likes within the allowed time, and edges that change over whenever they like. */
class World {
  time = 0;
  versions: { value: string; createdAt: number }[] = [{ value: 'identifier-0', createdAt: -1e9 }];
  configured = 'identifier-0';
  readonly refused: string[] = [];
  readonly progress: string[] = [];
  readonly #known = new Map<number, { values: string[]; readAt: number }>();
  readonly #edges = ['identifier-0', 'identifier-0', 'identifier-0'];
  readonly #next: () => number;
  #stepsLeft = Infinity;
  #made = 0;

  constructor(next: () => number) {
    this.#next = next;
  }

  cutPowerAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  accepted(): string[] {
    return this.versions.slice(-2).map(({ value }) => value);
  }

  /** Time passes: packagers re-read, some edges change over, and viewers ask through every edge. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (let packager = 0; packager < 3; packager += 1) {
      const known = this.#known.get(packager);
      const isDue = known === undefined || this.time - known.readAt >= recognitionMilliseconds;
      if (isDue || this.#next() % 2 === 0) this.#known.set(packager, { values: this.accepted(), readAt: this.time });
    }
    for (const edge of this.#edges.keys()) if (this.#next() % 2 === 0) this.#edges[edge] = this.configured;
    for (const sent of this.#edges) for (const { values } of this.#known.values()) if (!values.includes(sent)) this.refused.push(sent);
  }

  #step(): void {
    if (this.#stepsLeft === 0) throw new PowerCut('the power is gone');
    this.#stepsLeft -= 1;
    this.pass(this.#next() % 5000);
  }

  get dependencies(): RotationDependencies {
    return {
      secret: {
        accepted: async () => {
          this.#step();
          const [previous, current] = this.versions.length === 1 ? [undefined, this.versions[0]!] : [this.versions.at(-2), this.versions.at(-1)!];
          return previous ? [current, previous] : [current];
        },
        put: async (value) => {
          this.#step();
          this.versions.push({ value, createdAt: this.time });
          this.#step();
        },
      },
      header: {
        value: async () => this.configured,
        change: async (value) => {
          this.#step();
          this.configured = value;
          this.#step();
        },
        settled: async () => {
          this.#step();
          for (const edge of this.#edges.keys()) this.#edges[edge] = this.configured;
        },
      },
      newIdentifier: () => `identifier-${(this.#made += 1)}`,
      now: () => this.time,
      sleep: async (milliseconds) => {
        for (let left = milliseconds; left > 0; left -= 60_000) {
          this.#step();
          this.pass(Math.min(left, 60_000));
        }
      },
      recognitionMilliseconds,
      onProgress: (message) => void this.progress.push(message),
    };
  }
}

const aWorld = (numbers: readonly number[] = [1]): World => {
  let at = 0;
  return new World(() => numbers[(at += 1) % numbers.length] ?? 0);
};

describe('rotating the origin\'s secret', () => {
  it('changes over to a new identifier and retires the old', async () => {
    const world = aWorld();

    await rotateOriginSecret(world.dependencies);

    expect(world.configured).toBe('identifier-1');
    expect(world.accepted()).toEqual(['identifier-1', 'identifier-1']);
    expect(world.time).toBeGreaterThanOrEqual(recognitionMilliseconds);
  });

  it('never has a request refused, wherever it breaks off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9999), { minLength: 1, maxLength: 60 }), fc.array(fc.nat(24), { maxLength: 4 }), async (numbers, cuts) => {
        const world = aWorld(numbers);
        world.pass(0);
        for (const steps of cuts) {
          world.cutPowerAfter(steps);
          await rotateOriginSecret(world.dependencies).catch((error: unknown) => expect(error).toBeInstanceOf(PowerCut));
        }
        world.cutPowerAfter(Infinity);

        await rotateOriginSecret(world.dependencies);

        expect(world.refused).toEqual([]);
        expect(world.accepted()).toEqual([world.configured, world.configured]);
        expect(world.configured).not.toBe('identifier-0');
      }),
      { numRuns: 500 },
    );
  });

  it('goes on with the identifier of one that broke off', async () => {
    const world = aWorld();
    world.versions.push({ value: 'left behind', createdAt: 0 });
    world.time = 400_000;

    await rotateOriginSecret(world.dependencies);

    expect(world.configured).toBe('left behind');
    expect(world.progress[0]).toContain('has broken off here');
  });

  it('repairs a distribution whose identifier is not valid', async () => {
    const world = aWorld();
    world.configured = 'changed by hand';

    await rotateOriginSecret(world.dependencies);

    expect(world.configured).toBe('identifier-0');
  });
});

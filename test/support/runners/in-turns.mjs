import jestRunner from 'jest-runner';

const TestRunner = jestRunner.default ?? jestRunner;

// Live media cannot wait for a processor. What runs in real time comes in turns: journeys that mostly wait for a show to go on,
// three at a time; media, of which two cores carry two; and what is watched, one at a time. That leaves half the machine to
// what gives way: code, and journeys without an encoder.
const turns = [
  [{ projects: ['journeys'], workers: 3 }],
  [{ projects: ['media'], workers: 2 }],
  [{ projects: ['watched'], workers: 1 }, { projects: ['unfed', 'code'], workers: 1 }],
];

const projectOf = ({ context }) => context.config.displayName.name;

/** Runs the projects of jest.config.mjs in turns, each with so many workers of its own; those of one turn beside one another. */
export default class InTurns extends TestRunner {
  #alone;
  #turns;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    const runner = (maxWorkers) => new TestRunner({ ...globalConfig, maxWorkers }, context);
    this.#alone = runner(globalConfig.maxWorkers);
    this.#turns = turns.map((turn) => turn.map(({ projects, workers }) => ({ projects, runner: runner(workers) })));
  }

  async runTests(tests, watcher, options) {
    if (tests.every((test) => projectOf(test) === 'code')) return this.#alone.runTests(tests, watcher, options);
    for (const turn of this.#turns) {
      const runs = turn.map(({ projects, runner }) => () => runner.runTests(tests.filter((test) => projects.includes(projectOf(test))), watcher, options));
      if (options.serial) for (const run of runs) await run();
      else await Promise.all(runs.map((run) => run()));
    }
  }

  on(eventName, listener) {
    const runners = [this.#alone, ...this.#turns.flat().map(({ runner }) => runner)];
    const unsubscribes = runners.map((runner) => runner.on(eventName, listener));
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  }
}

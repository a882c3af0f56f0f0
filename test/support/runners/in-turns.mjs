import jestRunner from 'jest-runner';

const TestRunner = jestRunner.default ?? jestRunner;

// Live media cannot wait for a processor. What runs in real time comes in turns: journeys that mostly wait for a show to go on,
// three at a time; media, of which two cores carry two; and what is watched, one at a time. That leaves half the machine to
// code, which gives way.
const turns = [{ journeys: 3 }, { media: 2 }, { watched: 1, code: 1 }];

const projectOf = ({ context }) => context.config.displayName.name;

/** Runs the projects of jest.config.mjs in turns, each with so many workers of its own; those of one turn beside one another. */
export default class InTurns extends TestRunner {
  #alone;
  #turns;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    const runner = (maxWorkers) => new TestRunner({ ...globalConfig, maxWorkers }, context);
    this.#alone = runner(globalConfig.maxWorkers);
    this.#turns = turns.map((turn) => Object.entries(turn).map(([project, workers]) => ({ project, runner: runner(workers) })));
  }

  async runTests(tests, watcher, options) {
    const projects = new Set(tests.map(projectOf));
    if (projects.size === 1 && projects.has('code')) return this.#alone.runTests(tests, watcher, options);
    for (const turn of this.#turns) {
      const runs = turn.map(({ project, runner }) => () => runner.runTests(tests.filter((test) => projectOf(test) === project), watcher, options));
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

import { basename, sep } from 'node:path';
import jestRunner from 'jest-runner';

const TestRunner = jestRunner.default ?? jestRunner;

// Live media cannot wait for a processor. What runs in real time comes in two turns: journeys, which mostly wait for a show to go
// on, three at a time, with those that need no encoder beside them; then what is watched and what looks at the media itself, one of
// each: two cores carry no more. Code takes what they leave of them, for it gives way: in the first turn what waits for nothing.
const turns = [
  [[{ group: 'journeys', workers: 3 }], [{ group: 'unfed', workers: 1 }], [{ group: 'timeless', workers: 2 }]],
  [[{ group: 'watched', workers: 1 }], [{ group: 'media', workers: 1 }], [{ group: 'code', workers: 2 }]],
];

// What takes longest begins first, that nothing long is left to run alone. Durations of earlier runs are only in jest's cache, which a fresh checkout has not.
const longest = [
  ...['back-to-back', 'changing-access', 'viewer-access', 'restart-in-mid-show', 'restart', 'show', 'change-pipeline', 'cam-pipelines', 'recordings', 'switch-input'],
  ...['playback', 'playback-pipelines', 'operations', 'ledger.property', 'rules', 'rtmp-ingest', 'rtp-ingest'],
];
const rankOf = ({ path }) => {
  const rank = longest.indexOf(basename(path, '.test.ts'));
  return rank === -1 ? longest.length : rank;
};
const longestFirst = (tests) => tests.toSorted((one, other) => rankOf(one) - rankOf(other));

const projectOf = ({ context }) => context.config.displayName.name;
/** Templates, and rules with injected clocks. */
const timelessFolders = [['test', 'infra'], ['test', 'unit', 'domain']].map((folders) => `${sep}${folders.join(sep)}${sep}`);
const groupOf = (test) => (projectOf(test) === 'code' && timelessFolders.some((folder) => test.path.includes(folder)) ? 'timeless' : projectOf(test));

/** Runs the projects of jest.config.mjs in turns. A turn has lanes beside one another, a lane projects (or a part of code) one after the other, each with so many workers of its own. */
export default class InTurns extends TestRunner {
  #alone;
  #turns;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    const runner = (maxWorkers) => new TestRunner({ ...globalConfig, maxWorkers }, context);
    this.#alone = runner(globalConfig.maxWorkers);
    this.#turns = turns.map((lanes) => lanes.map((lane) => lane.map(({ group, workers }) => ({ group, runner: runner(workers) }))));
  }

  async runTests(tests, watcher, options) {
    if (tests.every((test) => projectOf(test) === 'code')) return this.#alone.runTests(longestFirst(tests), watcher, options);
    const runLane = async (lane) => {
      for (const { group, runner } of lane) await runner.runTests(longestFirst(tests.filter((test) => groupOf(test) === group)), watcher, options);
    };
    for (const lanes of this.#turns) {
      if (options.serial) for (const lane of lanes) await runLane(lane);
      else await Promise.all(lanes.map(runLane));
    }
  }

  on(eventName, listener) {
    const runners = [this.#alone, ...this.#turns.flat(2).map(({ runner }) => runner)];
    const unsubscribes = runners.map((runner) => runner.on(eventName, listener));
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  }
}

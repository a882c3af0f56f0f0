// Sources are ECMAScript modules that Node runs as they are; for jest, swc turns them into CommonJS.
const esmOnlyPackages = ['jose', 'ulidx', 'layerr'];

const shared = {
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyPackages.join('|')})/)`],
};

// Live media cannot wait for a processor. What runs in real time comes in groups, one after the other: journeys that mostly wait
// for a show to go on, three at a time; media, of which two cores carry two; and what is watched, which has the machine to itself.
const waiting = '/test/journeys/(?!playback|operations)';
const media = ['/test/contract/local/media/', '/test/contract/local/medialive/', '\\.media\\.test\\.ts$'];
const watched = '/test/journeys/(playback|operations)';
const project = (displayName, pattern, runner) => ({ ...shared, displayName, testRegex: `${pattern}.*(?<=\\.test\\.ts)$`, runner: `<rootDir>/test/support/runners/${runner}-at-a-time.mjs` });

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'code', testRegex: '/test/.*\\.test\\.ts$', testPathIgnorePatterns: ['/test/journeys/', ...media] },
    project('journeys', waiting, 'three'),
    project('media', `(${media.join('|')})`, 'two'),
    project('watched', watched, 'one'),
  ],
};

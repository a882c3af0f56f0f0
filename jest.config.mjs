// Sources are ECMAScript modules that Node runs as they are; for jest, swc turns them into CommonJS.
const esmOnlyPackages = ['jose', 'ulidx', 'layerr'];

const shared = {
  // Which project runs beside which.
  runner: '<rootDir>/test/support/runners/in-turns.mjs',
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyPackages.join('|')})/)`],
};

const media = ['/test/contract/local/media/', '/test/contract/local/medialive/', '\\.media\\.test\\.ts$'];
const watched = '/test/journeys/(playback|switch-input)';
const waiting = '/test/journeys/(?!playback|switch-input)';
const project = (displayName, pattern) => ({ ...shared, displayName, testRegex: `${pattern}.*(?<=\\.test\\.ts)$` });

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'code', testRegex: '/test/.*\\.test\\.ts$', testPathIgnorePatterns: ['/test/journeys/', ...media], setupFiles: ['<rootDir>/test/support/runners/give-way.mjs'] },
    project('journeys', waiting),
    project('media', `(${media.join('|')})`),
    project('watched', watched),
  ],
};

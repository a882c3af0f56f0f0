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

// Live media cannot wait for a processor: what is judged picture by picture has the machine to itself.
const judged = ['/test/journeys/(playback|operations)', '/test/contract/local/media/', '/test/contract/local/medialive/', '\\.media\\.test\\.ts$'];
// The other journeys mostly wait for a show to go on: two of them at a time leave processors idle still.
const waiting = '/test/journeys/(?!playback|operations)';
const runner = (name) => `<rootDir>/test/support/${name}-runner.mjs`;

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'code', testRegex: '/test/.*\\.test\\.ts$', testPathIgnorePatterns: ['/test/journeys/', ...judged] },
    { ...shared, displayName: 'journeys', testRegex: `${waiting}.*\\.test\\.ts$`, runner: runner('pair') },
    { ...shared, displayName: 'media', testRegex: `(${judged.join('|')}).*(?<=\\.test\\.ts)$`, runner: runner('serial') },
  ],
};

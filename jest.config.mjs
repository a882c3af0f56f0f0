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

// Live media cannot wait for a processor: what runs in real time has the machine to itself.
const inRealTime = ['/test/journeys/', '/test/contract/local/media/', '/test/contract/local/medialive/', '\\.media\\.test\\.ts$'];

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'code', testRegex: '/test/.*\\.test\\.ts$', testPathIgnorePatterns: inRealTime },
    { ...shared, displayName: 'media', testRegex: `(${inRealTime.join('|')}).*(?<=\\.test\\.ts)$`, runner: '<rootDir>/test/support/serial-runner.mjs' },
  ],
};

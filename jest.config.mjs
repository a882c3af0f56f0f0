// Sources are ECMAScript modules that Node runs as they are; for jest, swc turns them into CommonJS.
const esmOnlyPackages = ['jose', 'ulidx', 'layerr'];

// Tests run in a context of their own, in which looking up a global name takes longer than most of what is done with it: modules
// have these as parameters. None of them is ever replaced in a test.
const sandboxInjectedGlobals = ['Array', 'BigInt', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Reflect', 'Set', 'String', 'Symbol', 'Uint8Array', 'WeakMap'];

const shared = {
  sandboxInjectedGlobals,
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
const watched = ['playback'];
const unfed = ['bootstrap', 'careful-writes', 'closed-months', 'operations', 'refusals', 'shows-without-an-encoder'];
const project = (displayName, pattern) => ({ ...shared, displayName, testRegex: `${pattern}.*(?<=\\.test\\.ts)$` });
const onPlatforms = { globalSetup: '<rootDir>/test/support/runners/bundle-functions.ts' };
const givingWay = { setupFiles: ['<rootDir>/test/support/runners/give-way.mjs'] };

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  projects: [
    { ...project('code', '/test/'), ...givingWay, testPathIgnorePatterns: ['/test/journeys/', ...media] },
    { ...project('journeys', `/test/journeys/(?!${[...watched, ...unfed].join('|')})`), ...onPlatforms },
    { ...project('unfed', `/test/journeys/(${unfed.join('|')})`), ...onPlatforms, ...givingWay },
    project('media', `(${media.join('|')})`),
    { ...project('watched', `/test/journeys/(${watched.join('|')})`), ...onPlatforms },
  ],
};

// Sources are ECMAScript modules that Node runs as they are; for jest, swc turns them into CommonJS.
const esmOnlyPackages = ['jose', 'ulidx', 'layerr'];

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(ts|mjs|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyPackages.join('|')})/)`],
  // A bound for what hangs, not a measure: a platform that starts cold beside other tests takes its time.
  testTimeout: 120_000,
  maxWorkers: 2,
};

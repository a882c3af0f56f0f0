import TestRunner from 'jest-runner';

/** Runs three test files beside one another, and none of another project's. */
export default class ThreeAtATime extends (TestRunner.default ?? TestRunner) {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: 3 }, context);
  }
}

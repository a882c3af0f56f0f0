import TestRunner from 'jest-runner';

/** Runs two test files beside one another, and none of another project's. */
export default class TwoAtATime extends (TestRunner.default ?? TestRunner) {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: 2 }, context);
  }
}

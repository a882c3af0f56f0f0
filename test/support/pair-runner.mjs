import TestRunner from 'jest-runner';

/** Runs test files beside one another, after or before those of other runners, never with them. */
export default class PairRunner extends (TestRunner.default ?? TestRunner) {}

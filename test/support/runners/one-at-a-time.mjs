import TestRunner from 'jest-runner';

/** Runs test files one after the other, each with the machine to itself. */
export default class OneAtATime extends (TestRunner.default ?? TestRunner) {
  isSerial = true;
}

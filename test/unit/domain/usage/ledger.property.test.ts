import fc from 'fast-check';
import { anyCommand, anyFaults } from '../../../support/usage/ledger-commands.ts';
import { runLedger } from '../../../support/usage/ledger-run.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';

const aRun = fc.record({ commands: fc.array(anyCommand, { minLength: 1, maxLength: 8 }), faults: anyFaults, others: fc.array(anyCommand, { maxLength: 4 }) });

describe('the books', () => {
  it('sum exactly after any sequence of measurements, corrections, closings and crashes', async () => {
    await fc.assert(
      fc.asyncProperty(aRun, (run) => runLedger('r', memoryUsageStore(), run)),
      { seed: 23, numRuns: 10_000 },
    );
  }, 120_000);
});

import fc from 'fast-check';
import { anyRun } from '../../../support/usage/ledger-commands.ts';
import { runLedger } from '../../../support/usage/ledger-run.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';

describe('the books', () => {
  it('sum exactly after any sequence of measurements, corrections, closings and crashes', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, (run) => runLedger('r', memoryUsageStore(), run)),
      { seed: 23, numRuns: 10_000 },
    );
  // 17 s on one core.
  }, 120_000);
});

import { describeUsageLedger } from '../../../support/contracts/usage-ledger-contract.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';

describe('the ledger in memory', () => {
  describeUsageLedger(() => memoryUsageStore());
});

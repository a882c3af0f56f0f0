import { describeAudienceStoreContract } from '../../support/contracts/audience-store-contract.ts';
import { describeDeliveryLogContract, describeLateLogsContract, describeRechecksContract } from '../../support/contracts/delivery-log-contract.ts';
import { memoryAudienceStore } from '../../support/usage/memory-audience-store.ts';
import { memoryMetricRechecks } from '../../support/usage/memory-metric-rechecks.ts';
import { memoryDeliveryLog } from '../../support/usage/memory-delivery-log.ts';

describe('the delivery log in memory', () => {
  const { store, lateLogs } = memoryDeliveryLog();
  describeDeliveryLogContract(() => store);
  describeLateLogsContract(() => ({ logs: store, late: lateLogs }));
});

describe('rechecks in memory', () => {
  const rechecks = memoryMetricRechecks();
  describeRechecksContract(() => rechecks);
});

describe('audiences in memory', () => {
  const store = memoryAudienceStore();
  describeAudienceStoreContract(() => store);
});

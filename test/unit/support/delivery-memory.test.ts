import { describeAudienceStoreContract } from '../../support/contracts/audience-store-contract.ts';
import { describeDeliveryLogContract, describeLateLogsContract } from '../../support/contracts/delivery-log-contract.ts';
import { memoryAudienceStore } from '../../support/usage/memory-audience-store.ts';
import { memoryDeliveryLog } from '../../support/usage/memory-delivery-log.ts';

describe('the delivery log in memory', () => {
  const { store, lateLogs } = memoryDeliveryLog();
  describeDeliveryLogContract(() => store);
  describeLateLogsContract(() => ({ logs: store, late: lateLogs }));
});

describe('audiences in memory', () => {
  const store = memoryAudienceStore();
  describeAudienceStoreContract(() => store);
});

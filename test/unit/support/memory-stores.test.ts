import { describeAccountStoreContract } from '../../support/contracts/account-store-contract.ts';
import { describePlanStoresContract } from '../../support/contracts/breakout-store-contract.ts';
import { describeChannelRunStoreContract } from '../../support/contracts/channel-run-store-contract.ts';
import { describeIdempotencyStoreContract } from '../../support/contracts/idempotency-store-contract.ts';
import { describeShowLogContract } from '../../support/contracts/show-log-contract.ts';
import { memoryAccounts } from '../../support/shows/memory-accounts.ts';
import { memoryIdempotency } from '../../support/shows/memory-idempotency.ts';
import { memoryPlans } from '../../support/shows/memory-plans.ts';
import { memoryRuns } from '../../support/shows/memory-runs.ts';
import { memoryShowLog } from '../../support/shows/memory-show-log.ts';

const plans = memoryPlans();
const accounts = memoryAccounts();
const runs = memoryRuns();
const log = memoryShowLog();
let now = 0;
const idempotency = memoryIdempotency(() => now);

describe('plans in memory', () => describePlanStoresContract(() => plans));
describe('accounts in memory', () => describeAccountStoreContract(() => accounts));
describe('runs in memory', () => describeChannelRunStoreContract(() => runs));
describe('logs of shows in memory', () => describeShowLogContract(() => log));
describe('idempotency keys in memory', () => describeIdempotencyStoreContract(() => idempotency, (milliseconds) => { now += milliseconds; }));

import type { ShowLogEntry } from '../../../lambda/domain/breakouts/log/show-log.ts';

/** An entry about a lost input, of the first attempt. */
export const aLogEntry = (overrides: Partial<ShowLogEntry> = {}): ShowLogEntry => ({
  breakoutId: 'bko_1',
  accountId: 'acc_mine',
  attempt: 1,
  at: '2026-11-23T10:05:00.000Z',
  id: 'alert-1-LOST',
  type: 'INPUT',
  name: 'LOST',
  message: 'input primary stopped arriving on pipeline 0',
  ...overrides,
});

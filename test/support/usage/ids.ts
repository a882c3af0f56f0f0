/** Ids of the right shape. */
export const itemIds = {
  account: 'acc_01JD0000000000000000000000',
  event: 'evt_01JD0000000000000000000000',
  breakout: 'bko_01JD0000000000000000000000',
  otherBreakout: 'bko_01JD0000000000000000000001',
} as const;

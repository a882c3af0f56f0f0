import { nextHead, type ProfileHead } from '../../../../lambda/domain/usage/usage-profile.ts';
import { aLine, aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';

const held = (bytes: bigint) => aLineThatAdds({ storageOpenBytes: bytes }, { key: 'storage/recordings/held', category: 'storage', accrues: true });

const first = (overrides: Parameters<typeof aMeasuredProfile>[0] = {}): ProfileHead => nextHead(undefined, aMeasuredProfile({ stage: 'FINAL', ...overrides }))!;

describe('nextHead', () => {
  it('keeps FINAL when only what accrues differs', () => {
    const head = first({ lines: [aLine(), held(5n)], accrual: 'OPEN' });

    const next = nextHead(head, aMeasuredProfile({ stage: 'FINAL', lines: [aLine(), held(0n)], accrual: 'CLOSED' }));

    expect(head.totals).toMatchObject({ finalProfiles: 1n, accruingProfiles: 1n });
    expect(next).toMatchObject({ version: 2, status: 'FINAL', accrual: 'CLOSED', totals: { finalProfiles: 1n, accruingProfiles: 0n } });
  });

  it('corrects when what does not accrue differs too', () => {
    const head = first({ lines: [aLine(), held(5n)], accrual: 'OPEN' });

    const next = nextHead(head, aMeasuredProfile({ stage: 'FINAL', lines: [aLineThatAdds({ packagingIngressBytes: 1n }), held(0n)], accrual: 'CLOSED' }));

    expect(next?.status).toBe('CORRECTED');
  });

  it('corrects when what has accrued to its end differs', () => {
    const head = first({ lines: [held(5n)], accrual: 'CLOSED' });

    expect(nextHead(head, aMeasuredProfile({ stage: 'FINAL', lines: [held(4n)], accrual: 'CLOSED' }))?.status).toBe('CORRECTED');
    expect(nextHead(head, aMeasuredProfile({ stage: 'FINAL', lines: [held(4n)], accrual: 'OPEN' }))).toBeUndefined();
  });

  it('keeps what owner and platform count towards volume tiers apart', () => {
    const metered = { sku: 'ABC', perUnit: 1n << 30n };

    const head = first({
      lines: [
        aLine({ key: 'a', metered: { ...metered, base: 3n } }),
        aLine({ key: 'b', metered: { ...metered, base: 4n } }),
        aLine({ key: 'c', owner: 'PLATFORM', metered: { ...metered, base: 5n } }),
      ],
    });

    expect([head.metered, head.platformMetered]).toEqual([{ 'ABC/1073741824': 7n }, { 'ABC/1073741824': 5n }]);
  });

  it('rejects a key that two lines have', () => {
    expect(() => first({ lines: [aLine(), aLine()] })).toThrow('two lines have the key "packaging/ingress"');
  });

  it('rejects a line that another kind of owner bears', () => {
    expect(() => first({ lines: [aLine({ owner: 'ACCOUNT' })] })).toThrow('is borne by ACCOUNT, expected BREAKOUT or PLATFORM');
  });
});

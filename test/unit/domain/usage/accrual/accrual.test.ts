import { accrue } from '../../../../../lambda/domain/usage/accrual/accrue.ts';
import { bookAccrual } from '../../../../../lambda/domain/usage/accrual/book-accrual.ts';
import { makeDue } from '../../../../../lambda/domain/usage/accrual/make-due.ts';
import { measureFinal } from '../../../../../lambda/domain/usage/measure-breakout.ts';
import { removedAt } from '../../../../../lambda/domain/recordings/stored-intervals.ts';
import { accruingShow } from '../../../../support/usage/accruing-show.ts';
import { aPriceBook, aRate } from '../../../../support/usage/a-price-book.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { measuredShow } from '../../../../support/usage/measured-show.ts';

const at = (time: string): number => Date.parse(time);
const stored = [{ storedAt: at('2026-11-23T11:10:00Z'), bytes: 30n << 30n, objects: 3 }];

describe('accrual of storage', () => {
  it('begins with the final measurement, which leaves the month open', async () => {
    const { final, world, logged, usage, holdings } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';

    await final();

    const [head] = await usage.heads(itemIds.breakout);
    expect(head).toMatchObject({ status: 'FINAL', accrual: 'OPEN', totals: { accruingProfiles: 1n, storageOpenBytes: 3n << 29n } });
    expect(holdings.looks.get(itemIds.breakout)).toBe(at('2026-12-01T00:00:00Z'));
  });

  it('stays final while only what accrues changes, and keeps the raw minutes', async () => {
    const { accrueAt, heads, deps } = await accruingShow({ recordings: stored });

    await accrueAt(at('2026-12-01T00:30:00Z'));

    const [november, december] = await heads();
    expect(november).toMatchObject({ month: '2026-11', status: 'FINAL', accrual: 'OPEN', version: 2 });
    expect(november?.totals).toMatchObject({ storageBytesHeld: 0n, storageOpenBytes: 0n });
    expect(december).toMatchObject({ month: '2026-12', status: 'PROVISIONAL', accrual: 'OPEN', totals: { storageBytesHeld: 30n << 30n } });
    expect((await deps.history.version(november!.owner, '2026-11', november!.version))?.series).toEqual([
      { name: 'packaging/ingress', from: '2026-11-23T10:00:00.000Z', periodSeconds: 60, values: [1n, null, 2n] },
      { name: 'storage/recordings/held', from: '2026-11-23T11:10:00.000Z', periodSeconds: 0, values: [], intervals: [{ from: '2026-11-23T11:10:00.000Z', to: null, amount: String(30n << 30n), unit: 'bytes', objects: 3 }] },
    ]);
  });

  it('closes a month a day after its end, within 26 hours', async () => {
    const { accrueAt, heads, holdings } = await accruingShow({ recordings: stored });

    await accrueAt(at('2026-12-01T00:30:00Z'));
    expect(holdings.looks.get(itemIds.breakout)).toBe(at('2026-12-02T00:00:00Z'));
    await accrueAt(at('2026-12-02T00:30:00Z'));

    expect((await heads()).map(({ month, status, accrual }) => [month, status, accrual])).toEqual([['2026-11', 'FINAL', 'CLOSED'], ['2026-12', 'PROVISIONAL', 'OPEN']]);
  });

  it('makes later months final when they are closed', async () => {
    const { accrueAt, heads } = await accruingShow({ recordings: stored });

    await accrueAt(at('2027-02-05T00:00:00Z'));

    expect((await heads()).map(({ month, status }) => [month, status])).toEqual([['2026-11', 'FINAL'], ['2026-12', 'FINAL'], ['2027-01', 'FINAL'], ['2027-02', 'PROVISIONAL']]);
  });

  it('ends the charges of a deleted recording at once', async () => {
    const { deleteAt, accrueAt, heads, holdings, lines } = await accruingShow({ recordings: stored });

    await deleteAt(at('2026-11-24T11:10:00Z'));

    // 30 GB for a day is one of November's 30 GB-months.
    expect((await lines('2026-11')).find(({ key }) => key === 'storage/recordings/held')).toMatchObject({ nanoUsd: 23_000_000n, adds: { storageBytesHeld: 0n } });
    expect((await heads())[0]).toMatchObject({ status: 'FINAL', totals: { storageOpenBytes: 0n } });
    await accrueAt(at('2027-01-01T00:00:00Z'));
    expect((await heads()).map(({ month, accrual }) => [month, accrual])).toEqual([['2026-11', 'CLOSED']]);
    expect(holdings.looks.size).toBe(0);
  });

  it('ends them within an hour when the deletion dies before it books', async () => {
    const { deleteAt, accrueAt, heads, deps, state } = await accruingShow({ recordings: stored });
    state.now = at('2026-11-24T11:09:59Z');
    await makeDue({ holdings: deps.holdings, now: () => state.now })(itemIds.breakout);
    await deleteAt(at('2026-11-24T11:10:00Z'), false);

    expect(await accrueAt(at('2026-11-24T12:00:00Z'))).toMatchObject({ booked: 1 });

    expect((await heads())[0]).toMatchObject({ totals: { storageOpenBytes: 0n, storageNanoUsd: 23_000_000n } });
  });

  it('makes nothing due that is not settled, and gives up where others keep writing', async () => {
    const { deps, holdings } = await accruingShow({ recordings: stored });
    await makeDue({ holdings: deps.holdings, now: Date.now })('bko_other');

    expect(holdings.looks.has('bko_other')).toBe(false);
    await expect(makeDue({ holdings: { get: (id) => deps.holdings.get(id), save: async () => false }, now: Date.now })(itemIds.breakout)).rejects.toMatchObject({ code: 'holding-contended' });
  });

  it('books the expiry of an archive, and closes what holds nothing more', async () => {
    const { accrueAt, heads, lines } = await accruingShow({ archive: removedAt(stored, at('2026-11-25T00:00:00Z')) });

    await accrueAt(at('2026-11-25T00:20:00Z'));

    expect((await heads())[0]).toMatchObject({ status: 'FINAL', accrual: 'CLOSED', totals: { accruingProfiles: 0n } });
    expect((await lines('2026-11')).find(({ key }) => key === 'storage/archive/held')).toMatchObject({ quantity: { amount: (30n << 30n) * 132_600_000n } });
  });

  it('rates each class of storage at its own price', async () => {
    const cold = [{ ...stored[0]!, transition: { storageClass: 'STANDARD_IA' as const, at: at('2026-12-02T00:00:00Z') } }];
    const { accrueAt, lines, state } = await accruingShow({ recordings: cold });
    state.books = [aPriceBook({ rates: [...aPriceBook().rates, aRate('AmazonS3', 'TimedStorage-SIA-ByteHrs', 'GB-Mo', '0.0125000000')] })];

    await accrueAt(at('2027-01-03T00:00:00Z'));

    // December: a day of standard storage, thirty of the other.
    expect((await lines('2026-12')).filter(({ category }) => category === 'storage').map(({ key, nanoUsd }) => [key, nanoUsd])).toEqual([
      ['storage/recordings/held', 22_258_065n], ['storage/recordings/held/STANDARD_IA', 362_903_226n],
    ]);
  });

  it('charges the rest of 30 days of what is deleted from cold storage before', async () => {
    const cold = [{ ...stored[0]!, transition: { storageClass: 'STANDARD_IA' as const, at: at('2026-12-02T00:00:00Z') } }];
    const { deleteAt, lines, state } = await accruingShow({ recordings: cold });
    state.books = [aPriceBook({ rates: [...aPriceBook().rates, aRate('AmazonS3', 'TimedStorage-SIA-ByteHrs', 'GB-Mo', '0.0125000000')] })];

    await deleteAt(at('2026-12-12T00:00:00Z'));

    // 30 GB: a day of standard storage, ten of the other, and the twenty that were left of its thirty, of December's 31.
    expect((await lines('2026-12')).filter(({ category }) => category === 'storage').map(({ key, nanoUsd }) => [key, nanoUsd])).toEqual([
      ['storage/recordings/early-deletion', 241_935_484n], ['storage/recordings/held', 22_258_065n], ['storage/recordings/held/STANDARD_IA', 120_967_742n],
    ]);
  });

  it('rates a month with the prices that were in force when it began, whenever it is booked', async () => {
    const dearer = aPriceBook({ bookId: 'us-east-1@2026-12-10T00:00:00.000Z', fetchedAt: '2026-12-10T00:00:00.000Z', rates: [aRate('AmazonS3', 'TimedStorage-ByteHrs', 'GB-Mo', '1.0000000000')] });
    const { accrueAt, heads, state } = await accruingShow({ recordings: stored });
    state.books = [aPriceBook(), dearer];

    await accrueAt(at('2027-02-05T00:00:00Z'));

    expect((await heads()).map(({ priceBookId }) => priceBookId)).toEqual([aPriceBook().bookId, aPriceBook().bookId, dearer.bookId, dearer.bookId]);
  });

  it('goes on with the others when one cannot be booked', async () => {
    const { accrueAt, holdings } = await accruingShow({ recordings: stored }, () => 'lost-before');

    const { failed, isComplete } = await accrueAt(at('2026-12-01T00:30:00Z'));

    expect([failed.map(({ breakoutId }) => breakoutId), isComplete]).toEqual([[itemIds.breakout], true]);
    expect(holdings.looks.get(itemIds.breakout)).toBe(at('2026-12-01T00:00:00Z'));
  });

  it('leaves the rest to the next time when its own is up', async () => {
    const { deps, state } = await accruingShow({ recordings: stored });

    state.now = at('2026-12-01T00:30:00Z');

    expect(await accrue({ ...deps, leaveAt: state.now })()).toEqual({ booked: 0, failed: [], isComplete: false });
  });

  it('has what came into being after it was final when it is measured again', async () => {
    const { final, world, logged, usage, deps } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';
    await final();
    const late = { key: 'late.mp4', bytes: 1n << 29n, storedAt: at('2026-11-23T12:30:00Z') };
    const objects = { list: async (bucket: string) => [...(await deps.objects.list(bucket)), ...(bucket === 'archive' ? [] : [late])] };

    world.now = '2026-11-23T13:01:00.000Z';
    for (let times = 0; times < 2; times += 1) await measureFinal({ ...deps, objects })({ breakoutId: itemIds.breakout, attempt: 1 });

    expect((await usage.heads(itemIds.breakout))[0]).toMatchObject({ version: 2, status: 'FINAL', accrual: 'OPEN', totals: { storageOpenBytes: 4n << 29n } });
  });

  it('measures the show again without losing what was booked since', async () => {
    const { final, world, logged, usage, holdings, deps, breakoutUsage } = measuredShow();

    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';
    await final();
    await bookAccrual({ ...deps, now: () => new Date('2026-12-03T00:00:00Z') })(itemIds.breakout);
    const before = await breakoutUsage();
    const moves = usage.moves.length;

    world.now = '2026-12-03T01:00:00.000Z';
    await final();

    expect(await breakoutUsage()).toEqual(before);
    expect(usage.moves).toHaveLength(moves);
    expect(holdings.looks.get(itemIds.breakout)).toBe(at('2027-01-01T00:00:00Z'));
  });
});

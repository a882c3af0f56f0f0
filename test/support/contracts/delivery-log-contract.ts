import type { DeliveryLogRow, DeliveryLogStore } from '../../../lambda/domain/usage/delivery-log.ts';
import type { MetricRechecks } from '../../../lambda/domain/usage/late/metric-recheck.ts';
import type { LateLogs } from '../../../lambda/domain/usage/late/late-log.ts';

const row: DeliveryLogRow = { minute: Date.parse('2026-11-23T10:59:00Z'), breakoutId: 'bko_1', kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 2n, bytes: 1n << 60n };
const window = { from: Date.parse('2026-11-23T10:59:00Z'), to: Date.parse('2026-11-23T11:01:00Z') };

let distributions = 0;
const aFile = () => {
  distributions += 1;
  return { distributionId: `E${distributions}`, source: 'pl_main/a.gz', hour: '2026-11-23T10', requests: 2, rows: [row] };
};

/** What every keeper of log totals does. */
export const describeDeliveryLogContract = (store: () => DeliveryLogStore): void => {
  it('counts a file once however often it comes', async () => {
    const file = aFile();

    expect(await store().isCounted(file)).toBe(false);
    await store().keep(file);
    await store().keep({ ...file, rows: [row, { ...row, breakoutId: null, kind: null }] });

    expect(await store().isCounted(file)).toBe(true);
    expect(await store().rows(file.distributionId, window)).toEqual([row]);
  });

  it('counts a file once when it comes twice at once', async () => {
    const file = aFile();

    await Promise.all([store().keep(file), store().keep(file)]);

    expect(await store().rows(file.distributionId, window)).toEqual([row]);
  });

  it('sums the files of a distribution', async () => {
    const file = aFile();
    await store().keep(file);
    await store().keep({ ...file, source: 'pl_main/b.gz', rows: [{ ...row, bytes: 1n }] });

    expect(await store().rows(file.distributionId, window)).toEqual([{ ...row, requests: 4n, bytes: (1n << 60n) + 1n }]);
  });

  it('answers the minutes of the window alone', async () => {
    const file = aFile();
    const minutes = ['10:58', '10:59', '11:00', '11:01'].map((time) => Date.parse(`2026-11-23T${time}:00Z`));
    await store().keep({ ...file, rows: minutes.map((minute) => ({ ...row, minute })) });

    expect((await store().rows(file.distributionId, window)).map(({ minute }) => minute)).toEqual(minutes.slice(1, 3));
  });

  it('keeps more rows than one item holds', async () => {
    const file = aFile();
    const rows = Array.from({ length: 7_000 }, (_, index): DeliveryLogRow => ({ ...row, breakoutId: `bko_${String(index).padStart(26, '0')}`, bytes: 1n }));

    await store().keep({ ...file, rows });

    expect(await store().rows(file.distributionId, window)).toHaveLength(7_000);
  });

  it('keeps why a file was set aside until it can be counted', async () => {
    const file = aFile();
    const aside = { distributionId: file.distributionId, source: file.source, hour: file.hour, reason: 'truncated' as const, message: 'it ends', at: '2026-11-23T11:30:00.000Z' };

    await store().setAside(aside);
    expect(await store().filesSetAside(file.distributionId, window)).toEqual([aside]);
    expect(await store().isCounted(file)).toBe(false);

    await store().keep(file);
    expect(await store().filesSetAside(file.distributionId, window)).toEqual([]);
  });
};

/** What every keeper of late logs does, whose totals another keeps. */
export const describeLateLogsContract = (stores: () => { readonly logs: DeliveryLogStore; readonly late: LateLogs }): void => {
  const late = { from: row.minute, to: row.minute + 3_600_000, countedAt: 7 };

  it('has late files from when their totals are kept until they are forgotten, the earliest traffic first', async () => {
    const [one, other, inTime] = [aFile(), aFile(), aFile()];
    await stores().logs.keep({ ...one, late });
    await stores().logs.keep({ ...other, late: { ...late, from: late.from - 60_000 } });
    await stores().logs.keep(inTime);
    const own = async () => (await stores().late.list()).filter(({ distributionId }) => [one, other, inTime].some((file) => file.distributionId === distributionId));

    expect(await own()).toEqual([
      { distributionId: other.distributionId, source: other.source, ...late, from: late.from - 60_000 },
      { distributionId: one.distributionId, source: one.source, ...late },
    ]);

    await stores().late.forget(other);
    await stores().late.forget(other);
    await stores().logs.keep({ ...other, late });
    expect((await own()).map(({ distributionId }) => distributionId)).toEqual([one.distributionId]);
  });
};

/** What everyone does who remembers whose metrics are to be read once more. */
export const describeRechecksContract = (rechecks: () => MetricRechecks): void => {
  it('answers what is due, the longest ago first, until it is done', async () => {
    const [first, second, later] = [{ breakoutId: 'bko_2', at: 1_000 }, { breakoutId: 'bko_1', at: 2_000 }, { breakoutId: 'bko_1', at: 2_001 }];
    for (const one of [later, second, first, first]) await rechecks().plan(one);

    expect(await rechecks().due(2_000)).toEqual([first, second]);
    await rechecks().done(first);
    await rechecks().done(first);
    expect(await rechecks().due(5_000)).toEqual([second, later]);
  });
};

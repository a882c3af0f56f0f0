import { countAccessLog, distributionOfLogFile } from '../../../../lambda/domain/usage/count-access-log.ts';
import type { DeliveryLogTotals } from '../../../../lambda/domain/usage/delivery-log.ts';
import { geographyOfEdgeLocation } from '../../../../lambda/domain/usage/edge-locations.ts';
import { InvalidInputError } from '../../../../lambda/domain/shared/errors.ts';
import { accessLogHeader, anAccessLogLine, viewerPath } from '../../../support/usage/an-access-log.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const key = 'pl_main/E2ABCDEFGH.2026-11-23-10.1a2b3c4d.gz';

const setUp = (lines: readonly string[]) => {
  const kept = new Map<string, DeliveryLogTotals>();
  const asked: string[] = [];
  const count = () =>
    countAccessLog({
      files: {
        async *lines() {
          yield* lines;
        },
      },
      logs: { keep: async (totals) => void kept.set(`${totals.hour} ${totals.source}`, totals) },
      breakoutExists: async (breakoutId) => {
        asked.push(breakoutId);
        return breakoutId === itemIds.breakout;
      },
    })('logs', key);
  return { kept, asked, count };
};

describe('countAccessLog', () => {
  it('sums bytes and requests by minute, breakout, geography, protocol and result', async () => {
    const { kept, count } = setUp([
      ...accessLogHeader, anAccessLogLine(), anAccessLogLine({ time: '10:15:59', bytes: '24' }), anAccessLogLine({ location: 'FRA2-C1', protocol: 'http' }), anAccessLogLine({ result: 'Miss' }),
    ]);

    await count();

    const minute = Date.parse('2026-11-23T10:15:00Z');
    const base = { minute, breakoutId: itemIds.breakout, geography: 'US', protocol: 'https', result: 'Hit', requests: 1n, bytes: 1000n };
    expect(kept.get(`2026-11-23T10 ${key}`)).toEqual({
      distributionId: 'E2ABCDEFGH',
      hour: '2026-11-23T10',
      source: key,
      rows: [{ ...base, geography: 'EU', protocol: 'http' }, { ...base, requests: 2n, bytes: 1024n }, { ...base, result: 'Miss' }],
    });
  });

  it('keeps the same when the file comes again', async () => {
    const { kept, count } = setUp([...accessLogHeader, anAccessLogLine()]);

    await count();
    const first = structuredClone([...kept]);
    await count();

    expect([...kept]).toEqual(first);
  });

  it.each([
    ['no prefix', '/favicon.ico'],
    ['a breakout that does not exist', viewerPath(itemIds.otherBreakout)],
    ['no id', viewerPath('somebody')],
    ['nothing after the breakout', `/t/token/${itemIds.breakout}`],
  ])('leaves a path with %s unattributed', async (_what, path) => {
    const { kept, count } = setUp([...accessLogHeader, anAccessLogLine({ path })]);

    await count();

    expect([...kept.values()].flatMap(({ rows }) => rows)).toMatchObject([{ breakoutId: null, bytes: 1000n }]);
  });

  it('looks up at most a hundred breakouts of a file, the busiest', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `bko_01JD00000000000000000${String(index + 10).padStart(5, '0')}`);
    const { kept, asked, count } = setUp([...accessLogHeader, ...ids.map((id) => anAccessLogLine({ path: viewerPath(id) })), anAccessLogLine(), anAccessLogLine()]);

    await count();

    expect(asked).toHaveLength(100);
    expect([...kept.values()].flatMap(({ rows }) => rows).map(({ breakoutId, requests }) => [breakoutId, requests])).toEqual([[null, 300n], [itemIds.breakout, 2n]]);
  });

  it('keeps hours apart', async () => {
    const { kept, count } = setUp([...accessLogHeader, anAccessLogLine({ time: '10:59:59' }), anAccessLogLine({ time: '11:00:00' })]);

    await count();

    expect([...kept.keys()]).toEqual([`2026-11-23T10 ${key}`, `2026-11-23T11 ${key}`]);
  });

  it('tells lines that it cannot read', async () => {
    const { count } = setUp([...accessLogHeader, 'garbage', anAccessLogLine({ bytes: '-' }), anAccessLogLine({ protocol: 'gopher' }), anAccessLogLine(), '']);

    expect(await count()).toEqual({ requests: 1, unreadableLines: 3 });
  });

  it('reads fields by their names, not their places', async () => {
    const { kept, count } = setUp(['#Fields: cs-protocol x-edge-result-type cs-uri-stem sc-bytes x-edge-location time date', `https\tHit\t/\t5\tNRT20-C1\t10:00:00\t2026-11-23`]);

    await count();

    expect([...kept.values()].flatMap(({ rows }) => rows)).toMatchObject([{ geography: 'JP', bytes: 5n }]);
  });

  it('rejects requests without a header', async () => {
    await expect(setUp([anAccessLogLine()]).count()).rejects.toThrow(/no header/);
  });

  it('rejects an object that is no access log', async () => {
    const count = countAccessLog({ files: { lines: () => { throw new Error('not read'); } }, logs: { keep: async () => undefined }, breakoutExists: async () => true });

    await expect(count('logs', 'pl_main/readme.txt')).rejects.toThrow(InvalidInputError);
  });
});

describe('geographyOfEdgeLocation', () => {
  it.each([['IAD89-P1', 'US'], ['YTO50-C1', 'CA'], ['TLV50-P2', 'EU'], ['HKG62', 'AP'], ['SYD1-C1', 'AU'], ['BOM52', 'IN'], ['GRU3', 'SA'], ['JNB50', 'ZA'], ['DXB50', 'ME'], ['XXX1-P1', 'UNKNOWN'], ['', 'UNKNOWN']])(
    'knows %s as %s',
    (location, geography) => {
      expect(geographyOfEdgeLocation(location)).toBe(geography);
    },
  );
});

describe('distributionOfLogFile', () => {
  it('reads the distribution with and without a prefix', () => {
    expect([key, 'E2ABCDEFGH.2026-11-23-10.x.gz', 'a/b/c.gz', 'E2ABCDEFGH.2026-11-23.x.gz'].map(distributionOfLogFile)).toEqual(['E2ABCDEFGH', 'E2ABCDEFGH', undefined, undefined]);
  });
});

import { countDistinct } from '../../../../lambda/domain/audience/count-distinct.ts';
import { LogFault } from '../../../../lambda/domain/usage/access-log/log-fault.ts';
import { countAccessLog, logFileOf } from '../../../../lambda/domain/usage/count-access-log.ts';
import { InvalidInputError } from '../../../../lambda/domain/shared/errors.ts';
import { accessLogHeader, anAccessLog, anAccessLogLine, aSession, aToken, recordingPath, viewerPath } from '../../../support/usage/an-access-log.ts';
import { countedLogs, logDay, logKey } from '../../../support/usage/counted-logs.ts';
import { itemIds } from '../../../support/usage/ids.ts';

describe('countAccessLog', () => {
  it('sums by minute, breakout, kind, geography, protocol and result', async () => {
    const { count, rows } = countedLogs();

    const counted = await count([
      anAccessLogLine(), anAccessLogLine({ time: '10:15:59', bytes: '24' }), anAccessLogLine({ location: 'FRA2-C1', protocol: 'http' }), anAccessLogLine({ result: 'Miss' }),
      anAccessLogLine({ path: viewerPath(itemIds.breakout, aToken({ scope: 'pi' })) }),
    ]);

    const base = { minute: Date.parse('2026-11-23T10:15:00Z'), breakoutId: itemIds.breakout, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 1n, bytes: 1000n };
    expect(counted).toEqual({ status: 'COUNTED', requests: 5 });
    expect(await rows()).toEqual([
      { ...base, geography: 'EU', protocol: 'http' }, { ...base, requests: 2n, bytes: 1024n }, { ...base, result: 'Miss' }, { ...base, kind: 'MONITORING' },
    ]);
  });

  it('sums deliveries of recordings by hour', async () => {
    const { count, rows } = countedLogs();

    await count([anAccessLogLine({ path: recordingPath() }), anAccessLogLine({ path: recordingPath(), time: '10:59:59' }), anAccessLogLine({ path: recordingPath(), time: '11:00:00' })]);

    expect((await rows()).map(({ minute, kind, requests }) => [new Date(minute).toISOString().slice(11, 16), kind, requests])).toEqual([['10:00', 'RECORDING', 2n], ['11:00', 'RECORDING', 1n]]);
  });

  it('notes what came when it may have been final already, with the totals', async () => {
    const { count, counted, lateLogs } = countedLogs();
    const [inTime, late] = ['pl_main/E2ABCDEFGH.2026-11-23-10.aaaaaaaa.gz', 'pl_main/E2ABCDEFGH.2026-11-23-04.bbbbbbbb.gz'];

    await count([anAccessLogLine({ time: '06:01:00' })], inTime);
    await count(['04:15:10', '06:00:59', '06:01:00'].map((time) => anAccessLogLine({ time })), late);

    expect(counted.size).toBe(2);
    const at = (time: string) => Date.parse(`2026-11-23T${time}:00Z`);
    expect(await lateLogs.list()).toEqual([
      { distributionId: 'E2ABCDEFGH', source: late, from: at('04:15'), to: at('07:00'), countedAt: at('12:00') },
    ]);
  });

  it('changes nothing when the file comes again', async () => {
    const { count, recount, rows, audience } = countedLogs();

    await count([anAccessLogLine()]);
    const first = [await rows(), (await audience()).live];

    expect(await recount()).toEqual({ status: 'COUNTED_BEFORE' });
    expect([await rows(), (await audience()).live]).toEqual(first);
  });

  it.each([
    ['no prefix', '/favicon.ico'],
    ['a breakout that does not exist', viewerPath(itemIds.otherBreakout)],
    ['no id', viewerPath('somebody')],
    ['nothing after the breakout', `/t/token/${itemIds.breakout}`],
  ])('leaves a path with %s unattributed', async (_what, path) => {
    const { count, rows } = countedLogs();

    await count([anAccessLogLine({ path })]);

    expect(await rows()).toMatchObject([{ breakoutId: null, kind: null, bytes: 1000n }]);
  });

  it('loses no breakout to made-up ones', async () => {
    const { count, rows } = countedLogs();
    const madeUp = Array.from({ length: 300 }, (_, index) => anAccessLogLine({ path: viewerPath(`bko_01JD00000000000000000${String(index + 10).padStart(5, '0')}`), status: '403', result: 'FunctionGeneratedResponse' }));

    await count([...madeUp, anAccessLogLine()]);

    expect((await rows()).map(({ breakoutId, requests }) => [breakoutId, requests])).toEqual([[null, 300n], [itemIds.breakout, 1n]]);
  });

  it('counts viewers that were served, and nobody else', async () => {
    const { count, audience } = countedLogs();
    const watching = (session: string, over: Parameters<typeof anAccessLogLine>[0] = {}) => anAccessLogLine({ path: viewerPath(itemIds.breakout, aToken({ session })), ...over });

    await count([
      watching(aSession('A')), watching(aSession('A', 'television')), watching(aSession('B'), { status: '206' }),
      watching(aSession('C'), { status: '403', result: 'FunctionGeneratedResponse' }), watching(aSession('D'), { status: '404', result: 'Error' }), watching('too-short'),
      anAccessLogLine({ path: viewerPath(itemIds.breakout, aToken({ session: aSession('E'), scope: 'p' })) }),
    ]);

    const { live, onDemand, families } = await audience();
    expect([countDistinct(live), countDistinct(onDemand), countDistinct(families.geography.get('US')!)]).toEqual([2, 0, 2]);
  });

  it('counts who watches a recording apart', async () => {
    const { count, audience } = countedLogs();

    await count([anAccessLogLine({ path: recordingPath() }), anAccessLogLine()]);

    const { live, onDemand, peak } = await audience();
    expect([countDistinct(live), countDistinct(onDemand), peak]).toEqual([1, 1, { sessions: 1, at: Date.parse('2026-11-23T10:15:00Z') }]);
  });

  it('counts viewers with cookies by address and agent', async () => {
    const { count, audience } = countedLogs();
    const path = `/c/${itemIds.breakout}/out/v1/abc/index.m3u8`;

    await count([anAccessLogLine({ path }), anAccessLogLine({ path, time: '10:20:00' }), anAccessLogLine({ path, ip: '192.0.2.2' }), anAccessLogLine({ path, agent: 'other' }), anAccessLogLine()]);

    const { live, byAddress } = await audience();
    expect([countDistinct(live), countDistinct(byAddress)]).toEqual([4, 3]);
  });

  it('finds the minute with most devices', async () => {
    const { count, audience } = countedLogs();
    const at = (time: string, session: string) => anAccessLogLine({ time, path: viewerPath(itemIds.breakout, aToken({ session })) });

    await count([at('10:15:00', aSession('A')), at('10:16:00', aSession('A')), at('10:16:30', aSession('A', 'television')), at('10:16:59', aSession('B')), at('10:17:00', aSession('B'))]);
    await count([at('10:17:10', aSession('C'))], 'pl_main/E2ABCDEFGH.2026-11-23-10.ffffffff.gz');

    expect((await audience()).peak).toEqual({ sessions: 3, at: Date.parse('2026-11-23T10:16:00Z') });
  });

  it('joins the audiences of event and account', async () => {
    const { count, audiences } = countedLogs();

    await count([anAccessLogLine(), anAccessLogLine({ date: '2026-12-01', path: viewerPath(itemIds.breakout, aToken({ session: aSession('B') })) })]);

    const viewers = async (kind: 'EVENT' | 'ACCOUNT', id: string, month?: string) => countDistinct((await audiences.read({ kind, id }, month))!.live);
    expect(await viewers('EVENT', itemIds.event)).toBe(2);
    expect(await viewers('ACCOUNT', itemIds.account, '2026-11')).toBe(1);
  });

  it('reads fields by their names, not their places', async () => {
    const { rows, recount, files } = countedLogs();
    files.set(logKey, [
      Buffer.from('#Version: 1.0\n#Fields: cs-protocol c-ip x-edge-result-type sc-status cs-uri-stem cs(User-Agent) sc-bytes x-edge-location time date\nhttps\t-\tHit\t200\t/\t-\t5\tNRT20-C1\t10:00:00\t2026-11-23\n'),
    ]);

    await recount();

    expect(await rows()).toMatchObject([{ geography: 'JP', bytes: 5n }]);
  });

  it.each([
    ['of another version', ['#Version: 2.0', accessLogHeader[1]!, anAccessLogLine()], 'format-version'],
    ['without a header', [anAccessLogLine()], 'no-header'],
    ['with nothing in it', [], 'no-header'],
    ['without a needed field', ['#Version: 1.0', '#Fields: date time sc-bytes', '2026-11-23\t10:00:00\t5'], 'missing-fields'],
    ['with a line cut short', [...accessLogHeader, anAccessLogLine(), anAccessLogLine().slice(0, 100)], 'field-count'],
    ['with a field too many', [...accessLogHeader, `${anAccessLogLine()}\tmore`], 'field-count'],
    ['with bytes that are none', [...accessLogHeader, anAccessLogLine({ bytes: '-' })], 'unreadable-field'],
    ['with negative bytes', [...accessLogHeader, anAccessLogLine({ bytes: '-5' })], 'unreadable-field'],
    ['with bytes beyond all traffic', [...accessLogHeader, anAccessLogLine({ bytes: '9'.repeat(14) })], 'unreadable-field'],
    ['with a date that is none', [...accessLogHeader, anAccessLogLine({ date: '2026-02-30' })], 'unreadable-field'],
    ['with a time that is none', [...accessLogHeader, anAccessLogLine({ time: '25:00:00' })], 'unreadable-field'],
    ['with another protocol', [...accessLogHeader, anAccessLogLine({ protocol: 'gopher' })], 'unreadable-field'],
    ['with a line without an end', [...accessLogHeader, 'x'.repeat(300_000)], 'line-too-long'],
    ['of half a year', [...accessLogHeader, ...Array.from({ length: 60 }, (_, index) => anAccessLogLine({ date: new Date(Date.UTC(2026, 5, index)).toISOString().slice(0, 10) }))], 'too-many-totals'],
  ])('sets aside a file %s', async (_what, lines, reason) => {
    const { files, recount, rows, store, audiences } = countedLogs();
    files.set(logKey, [Buffer.from(lines.join('\n'))]);

    expect(await recount()).toMatchObject({ status: 'SET_ASIDE', reason });
    expect(await store.filesSetAside('E2ABCDEFGH', logDay)).toMatchObject([{ source: logKey, hour: '2026-11-23T10', reason }]);
    expect(await rows()).toEqual([]);
    expect(await audiences.read({ kind: 'BREAKOUT', id: itemIds.breakout })).toBeUndefined();
  });

  it('sets aside a file that breaks off, and goes on with others', async () => {
    const { store, aside, counted, audiences } = countedLogs();
    const count = countAccessLog({
      files: {
        async *bytes(_bucket, name) {
          yield anAccessLog([anAccessLogLine()]);
          if (name === logKey) throw new LogFault('truncated', 'the file ends in the middle of its compressed data');
        },
      },
      logs: store, audiences, ownerOf: async () => undefined, now: () => logDay.from, lateAfterMilliseconds: 0,
    });

    expect(await count('logs', logKey)).toMatchObject({ status: 'SET_ASIDE', reason: 'truncated' });
    expect(await count('logs', 'pl_main/E2ABCDEFGH.2026-11-23-10.ffffffff.gz')).toEqual({ status: 'COUNTED', requests: 1 });
    expect([aside.size, counted.size]).toEqual([1, 1]);
  });

  it('says in which line it failed, not what the line says', async () => {
    const { recount, files } = countedLogs();
    files.set(logKey, [anAccessLog([anAccessLogLine(), anAccessLogLine({ bytes: 'secret' })])]);

    expect(await recount()).toEqual({ status: 'SET_ASIDE', reason: 'unreadable-field', message: 'line 4: sc-bytes is no number of bytes' });
  });

  it('rejects an object that is no access log', async () => {
    await expect(countedLogs().count([], 'pl_main/readme.txt')).rejects.toThrow(InvalidInputError);
  });
});

describe('logFileOf', () => {
  it('reads distribution and hour with and without a prefix', () => {
    expect([logKey, 'E2ABCDEFGH.2026-11-23-10.x.gz', 'a/b/c.gz', 'E2ABCDEFGH.2026-11-23.x.gz'].map((name) => logFileOf(name)?.hour)).toEqual(['2026-11-23T10', '2026-11-23T10', undefined, undefined]);
  });
});

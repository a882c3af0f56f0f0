import { comparePro } from '../../../../scripts/demo/compare.ts';
import type { ProIndependent } from '../../../../scripts/demo/independent.ts';
import type { Results } from '../../../../scripts/demo/read-results.ts';
import { aLine, countedPro, proResults } from '../../../support/demo/a-counted-show.ts';

const failing = (results: Results, counted: Partial<ProIndependent> = {}): readonly string[] =>
  comparePro(results, { ...countedPro, ...counted }).flatMap(({ name, ok }) => (ok ? [] : [name]));

describe('what is compared of a Pro show', () => {
  it('holds where the platform says what was counted', () => {
    expect(failing(proResults())).toEqual([]);
  });

  it.each<[string, Partial<ProIndependent>, readonly RegExp[]]>([
    ['more that the viewer received', { viewerBytes: 1001 }, [/^bytes of the show/, /^the edge's total/, /^what the show bears/]],
    ['another stray request', { strayBytes: 301 }, [/^bytes of no show/, /^the edge's total/]],
    ['a request more', { viewerRequests: 41 }, [/^requests/]],
    ['more from the packager', { bodyBytesFromOrigin: 901 }, [/^packaging/]],
    ['a longer run', { ranSeconds: 64 }, [/^streaming/]],
    ['a longer archive', { archiveSeconds: 67 }, [/^the MP4 is as long/, /^the viewer saw/]],
    ['another file', { archiveObjects: 3 }, [/^storage: a request/]],
    ['more bytes', { archiveBytes: 7001 }, [/^storage: bytes/]],
    ['longer outputs', { convertedSeconds: 121, convertedBillableSeconds: 123 }, [/^conversion: every/, /^conversion, billable/]],
    ['a distribution that is open', { refusedStatus: 200 }, [/^refused: a viewer/]],
    ['an input that stays open', { pushAfterStop: 'taken' }, [/^refused: an encoder/]],
    ['other rates', { priceListUsd: '0.400000000' }, [/^charges/]],
  ])('fails where one counts %s', (_, counted, expected) => {
    expect(failing(proResults(), counted)).toEqual(expected.map((name) => expect.stringMatching(name)));
  });

  it('fails where bytes are told twice', () => {
    expect(failing(proResults({ unloggedBytes: '5' }))).toEqual([expect.stringMatching(/^bytes that no access log/), expect.stringMatching(/^attributed/)]);
  });

  it('fails where the levels do not sum, or a line has no price', () => {
    const results = proResults();
    const [line, ...lines] = results.lines;
    const { breakout, event, account } = results.usage;
    const wrong: Results = { ...results, lines: [aLine({ ...line, usd: undefined, unpriced: 'no rate' }), ...lines], usage: { breakout, event: { ...event, totalUsd: '0.6' }, account } };

    expect(failing(wrong)).toEqual(['the lines sum to the breakout, in nano-dollars', 'the breakout sums to the event', 'the event sums to the account', 'lines without a price']);
  });
});

import fc from 'fast-check';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { camInputLines } from '../../../../lambda/domain/usage/meters/cam-meter.ts';
import { camOutputLines } from '../../../../lambda/domain/usage/meters/cam-delivery-meter.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { camWindow, someCamFacts } from '../../../support/usage/cam-facts.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';

const linesOf = (facts = someCamFacts()) => camInputLines(facts, 'us-east-1', aPriceBook());

describe('camInputLines', () => {
  it("charges what the service took in at the channel type's rate", () => {
    const lines = linesOf();

    expect(lines.map(({ key, quantity, nanoUsd }) => [key, quantity?.amount, nanoUsd])).toEqual([
      ['streaming/session-st-1/time', 300_000n, undefined],
      // 5 minutes of 2 USD an hour.
      ['streaming/input', 300_000n, 166_666_667n],
    ]);
    expect(sumMeasures(lines.map(({ adds }) => adds))).toMatchObject({ streamingRunMilliseconds: 300_000n, streamingInputMilliseconds: 300_000n });
  });

  it('counts minutes that have no point by the sessions, and says so', () => {
    const [, input] = linesOf(someCamFacts({ input: aMinuteSeries(camWindow, { 1: 59_500n, 2: 60_000n }) }));

    expect(input?.quantity?.amount).toBe(299_500n);
    expect(input?.notes).toEqual(['3 minutes without a point count by the stream sessions']);
  });

  it('says that a show that nobody streamed into took nothing in', () => {
    const [input] = linesOf(someCamFacts({ sessions: [], input: aMinuteSeries(camWindow) }));

    expect([input?.quantity?.amount, input?.nanoUsd]).toEqual([0n, 0n]);
  });

  it.each([
    { where: 'after', window: { from: Date.parse('2026-11-30T23:58:00Z'), to: Date.parse('2026-12-01T00:02:00Z') }, months: ['2026-11'] },
    { where: 'on both sides of', window: { from: Date.parse('2026-11-30T23:58:00Z'), to: Date.parse('2026-12-01T00:02:00Z') }, months: ['2026-11', '2026-12'] },
  ])('has nothing in a month that only the end of its tail lies in: $where', ({ where, window, months }) => {
    const to = where === 'after' ? window.from + 80_000 : window.from + 180_000;
    const facts = someCamFacts({ window, sessions: [{ streamId: 'st-1', from: window.from, to }], input: aMinuteSeries(window, { 0: 60_000n, 1: 20_000n, ...(where === 'after' ? {} : { 2: 60_000n }) }), delivered: aMinuteSeries(window, { 0: 1n }) });

    const lines = [...linesOf(facts), ...camOutputLines(facts, 'us-east-1', aPriceBook())];

    expect([...new Set(lines.map(({ month }) => month))]).toEqual(months);
    expect(lines.every(({ adds }) => adds.streamingNoDataLines === undefined)).toBe(true);
  });

  it('gives each month what lies in it', () => {
    const window = { from: Date.parse('2026-11-30T23:58:00Z'), to: Date.parse('2026-12-01T00:02:00Z') };

    const lines = linesOf(someCamFacts({ window, sessions: [{ streamId: 'st-1', ...window }], input: aMinuteSeries(window, { 0: 1n, 1: 2n, 2: 4n, 3: 8n }) }));

    expect(lines.map(({ month, key, quantity }) => [month, key, quantity?.amount])).toEqual([
      ['2026-11', 'streaming/session-st-1/time', 120_000n], ['2026-12', 'streaming/session-st-1/time', 120_000n],
      ['2026-11', 'streaming/input', 3n], ['2026-12', 'streaming/input', 12n],
    ]);
  });

  it('counts each minute once, by the metric or by the sessions', () => {
    const minutes = (camWindow.to - camWindow.from) / 60_000;
    const points = fc.array(fc.option(fc.integer({ min: 0, max: 60_000 })), { minLength: minutes, maxLength: minutes });
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 0, max: 600_000 }), (values, one, other) => {
        const session = { streamId: 'st-1', from: camWindow.from + Math.min(one, other), to: camWindow.from + Math.max(one, other) };
        const input = aMinuteSeries(camWindow, Object.fromEntries(values.flatMap((value, index) => (value === null ? [] : [[index, BigInt(value)]]))));

        const measured = sumMeasures(linesOf(someCamFacts({ sessions: [session], input })).map(({ adds }) => adds)).streamingInputMilliseconds ?? 0n;

        const expected = values.reduce<number>((sum, value, index) => {
          const from = camWindow.from + index * 60_000;
          return sum + (value ?? Math.max(0, Math.min(session.to, from + 60_000) - Math.max(session.from, from)));
        }, 0);
        expect(measured).toBe(BigInt(expected));
      }),
    );
  });
});

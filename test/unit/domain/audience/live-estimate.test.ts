import { estimateViewers, estimateWindow, manifestSeconds } from '../../../../lambda/domain/audience/live-estimate.ts';
import { aPipeline } from '../../../support/shows/a-plan.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';

const now = Date.parse('2026-11-23T10:20:30.000Z');
const window = estimateWindow(now);

describe('estimateWindow', () => {
  it('leaves out minutes whose points still grow', () => {
    expect([window.from, window.to].map((at) => new Date(at).toISOString().slice(11, 16))).toEqual(['10:08', '10:18']);
  });
});

describe('estimateViewers', () => {
  // A player asks for a manifest and a segment every 6 s: 40 requests in two minutes.
  it('divides requests by what one player asks for', () => {
    const estimate = estimateViewers(aMinuteSeries(window, { 6: 1000n, 7: 1000n, 8: 2000n, 9: 2000n }), 6);

    expect(estimate).toEqual({ viewers: 100, joinsPerTwoMinutes: 50, at: Date.parse('2026-11-23T10:18:00Z'), manifestSeconds: 6 });
  });

  it('goes by the newest minutes that have points', () => {
    expect(estimateViewers(aMinuteSeries(window, { 0: 400n, 1: 400n }), 6)).toMatchObject({ viewers: 20, joinsPerTwoMinutes: 20, at: window.from + 120_000 });
  });

  it('counts nobody as joined while viewers leave', () => {
    expect(estimateViewers(aMinuteSeries(window, { 6: 900n, 7: 900n, 8: 400n, 9: 400n }), 6)).toMatchObject({ viewers: 20, joinsPerTwoMinutes: 0 });
  });

  it('guesses nothing where there is no point', () => {
    expect(estimateViewers(aMinuteSeries(window), 6)).toBeUndefined();
  });
});

describe('manifestSeconds', () => {
  it('is the segment length of HLS where there is HLS', () => {
    const { packaging } = aPipeline();
    const [first] = packaging.endpoints;
    const endpoints = [{ ...first!, format: 'DASH' as const, segmentSeconds: 2 }, { ...first!, format: 'HLS' as const, segmentSeconds: 4 }];

    expect(manifestSeconds({ packaging: { ...packaging, endpoints } })).toBe(4);
    expect(manifestSeconds({ packaging: { ...packaging, endpoints: endpoints.slice(0, 1) } })).toBe(2);
  });
});

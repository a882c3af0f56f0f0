import type { CamFacts } from '../../../lambda/domain/usage/meters/cam-meter.ts';
import { aMinuteSeries } from './minute-series.ts';

/** Ten minutes in which a show had a channel. */
export const camWindow = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T10:10:00Z') };

/** A STANDARD channel that took in five minutes of 1080p, which nobody watched. */
export const someCamFacts = (overrides: Partial<CamFacts> = {}): CamFacts => {
  const window = overrides.window ?? camWindow;
  return {
    scope: '',
    channel: { channelArn: 'arn:aws:ivs:us-east-1:111122223333:channel/abcdefghijkl', type: 'STANDARD' },
    sessions: [{ streamId: 'st-1', from: window.from + 60_000, to: window.from + 360_000, picture: { widthPixels: 1920, heightPixels: 1080 } }],
    window,
    input: aMinuteSeries(window, { 1: 60_000n, 2: 60_000n, 3: 60_000n, 4: 60_000n, 5: 60_000n }),
    delivered: aMinuteSeries(window),
    deliveredByCountry: [],
    watermark: window.to + 60_000,
    ...overrides,
  };
};

import { watchAudience } from '../../../../scripts/demo/cam/watch-audience.ts';

const reading = (viewers: number | undefined) => ({
  breakoutId: 'bko_1', month: null, asOf: '2026-11-23T10:00:00.000Z', watermark: null, completeness: null, uniqueViewers: null, peakConcurrentSessions: null,
  devices: [], browsers: [], systems: [], geographies: [], familiesStandardErrorPercent: 2.3, uncounted: [], logFilesSetAside: [],
  now: viewers === undefined ? null : { at: '2026-11-23T10:00:00.000Z', manifestSeconds: null, viewers: { value: viewers, label: 'COUNT', source: 'IVS' }, joinsPerTwoMinutes: null },
});

describe('watchAudience', () => {
  it('answers the reading that counts most viewers', async () => {
    const audience = watchAudience({ get: async () => reading(1) }, 'bko_1', new AbortController().signal);

    expect((await audience.end()).now?.viewers.value).toBe(1);
    await audience.leave();
  });

  it('fails with what the platform answers instead', async () => {
    const audience = watchAudience({ get: async () => ({ now: 'nobody' }) }, 'bko_1', new AbortController().signal);

    await expect(audience.end()).rejects.toThrow('breakoutId');
    await audience.leave();
  });

  it('is left at once', async () => {
    const over = new AbortController();
    const audience = watchAudience({ get: async () => reading(undefined) }, 'bko_1', over.signal);
    over.abort();

    await expect(audience.leave()).resolves.toBeUndefined();
  });
});

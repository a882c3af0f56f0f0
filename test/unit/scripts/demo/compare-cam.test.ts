import { camRows, compareCam, type CamIndependent } from '../../../../scripts/demo/cam/compare-cam.ts';
import type { Results } from '../../../../scripts/demo/read-results.ts';

const counted: CamIndependent = { pushedSeconds: 60, viewerBytes: 1000, viewerRequests: 40, watchedSeconds: 58, recordingBytes: 5000, convertedSeconds: 60 };

const rated = { measured: { amount: '0.0166', unit: 'hours' }, billable: { amount: '0.0166', unit: 'hours' }, usd: '0.5', chargeUsd: '0.5' };

const resultsOf = (streaming: Readonly<Record<string, string>>, viewers = 1) => {
  const level = {
    categories: {
      streaming: { runMilliseconds: '60100', inputMilliseconds: '59800', deliveredMilliseconds: '58000', deliveredHours: '0.016111', ...rated, ...streaming },
      packaging: null, delivery: null, conversion: { milliseconds: '60000' }, storage: { bytesHeld: '5000' },
    },
    states: { streaming: 'MEASURED', packaging: 'NOT_APPLICABLE', delivery: 'NOT_APPLICABLE', conversion: 'MEASURED', storage: 'MEASURED' },
    totalUsd: '0.5',
  };
  const results: unknown = { usage: { breakout: level, event: level, account: level }, lines: [{ owner: 'BREAKOUT', usd: '0.5' }], audience: { now: { viewers: { value: viewers, label: 'COUNT' } } }, recording: { status: 'READY' } };
  return results as Results;
};

const failing = (results: Results): readonly string[] => compareCam(results, counted).flatMap(({ name, ok }) => (ok ? [] : [name]));

describe('what is compared of a Cam show', () => {
  it('holds where the platform says what was counted', () => {
    expect(failing(resultsOf({}))).toEqual([]);
  });

  it('fails where viewers got more than they are said to have got', () => {
    expect(failing(resultsOf({ deliveredMilliseconds: '50000' }))).toEqual([expect.stringMatching(/^what IVS delivered/)]);
  });

  it('fails where others are counted than the one viewer', () => {
    expect(failing(resultsOf({}, 2))).toEqual([expect.stringMatching(/^viewers now/)]);
  });

  it('has the delivered hours as a row of their own', () => {
    const rows = camRows(counted);

    expect(rows.map(({ name }) => name).slice(0, 2)).toEqual(['Streaming hours', 'Delivered hours']);
    expect(rows[1]?.quantity(resultsOf({}).usage.breakout)).toBe('0.016111');
    expect(rows[1]?.counted).toBe('0.016111');
  });
});

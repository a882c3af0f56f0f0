import { compareCam, expectedCost } from '../../../../scripts/demo/cam/compare-cam.ts';
import type { CamIndependent } from '../../../../scripts/demo/independent.ts';
import type { Results } from '../../../../scripts/demo/read-results.ts';
import { camResults, countedCam } from '../../../support/demo/a-counted-show.ts';

const cost = { usd: 0.5, tolerance: 0.0004 };

const failing = (results: Results, counted: Partial<CamIndependent> = {}): readonly string[] =>
  compareCam(results, { ...countedCam, ...counted }, cost).flatMap(({ name, ok }) => (ok ? [] : [name]));

describe('what is compared of a Cam show', () => {
  it('holds where the platform says what was counted', () => {
    expect(failing(camResults())).toEqual([]);
  });

  it.each<[string, Results, readonly RegExp[]]>([
    ['that the stream was longer', camResults({ runMilliseconds: '64000' }), [/^streaming: the encoder/]],
    ['that IVS took in less', camResults({ inputMilliseconds: '50000' }), [/^what IVS took in: the same/, /^what IVS took in: its line/]],
    ['that viewers got less', camResults({ deliveredMilliseconds: '50000' }), [/^what IVS delivered: the segments/, /^what IVS delivered: its lines/]],
    ['that two watched', camResults({}, { viewers: 2 }), [/^viewers now/]],
  ])('fails where the platform says %s', (_, results, expected) => {
    expect(failing(results)).toEqual(expected.map((name) => expect.stringMatching(name)));
  });

  it.each<[string, Partial<CamIndependent>, readonly RegExp[]]>([
    ['a longer push', { pushedSeconds: 70 }, [/^streaming: the encoder/, /^what IVS took in: the same/, /^the recording's HLS/]],
    ['a viewer who got less', { watchedSeconds: 55 }, [/^what IVS delivered/, /^the viewer saw/]],
    ['an HLS that broke off', { hlsSeconds: 50 }, [/^the recording's HLS/, /^the MP4, by ffprobe/, /^the viewer saw/]],
    ['a shorter MP4', { mp4Seconds: 59 }, [/^the MP4, by ffprobe/]],
    ['less that was converted', { convertedSeconds: 58, convertedBillableSeconds: 58 }, [/^conversion: every/, /^conversion, billable/]],
    ['another file', { recordingBytes: 5001, recordingObjects: 37 }, [/^storage: bytes/, /^storage: a request/]],
    ['a token that opens', { refusedStatus: 200 }, [/^refused: a viewer/]],
    ['a stream key that lives on', { pushAfterStop: 'taken' }, [/^refused: an encoder/]],
    ['other rates', { priceListUsd: '0.500000001' }, [/^charges:/]],
  ])('fails where one counts %s', (_, counted, expected) => {
    expect(failing(camResults(), counted)).toEqual(expected.map((name) => expect.stringMatching(name)));
  });

  it('fails where the charge is not what was counted comes to', () => {
    expect(compareCam(camResults(), countedCam, { ...cost, usd: 0.501 }).filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([expect.stringMatching(/^the charge/)]);
  });

  it('does not fail for viewers that were not counted', () => {
    const { audience: _, ...results } = camResults();

    expect(failing(results)).toEqual([]);
  });
});

describe('what a Cam show should cost', () => {
  it('is what was counted at the list\'s rates', async () => {
    const rates: Readonly<Record<string, string>> = { Basic: '0.2', HD: '0.075', 'IAD-B-AVC-HD-S-30': '0.015', 'Requests-Tier1': '0.000005' };
    const asked: string[] = [];
    const price = async (_: string, { regionCode, inputType, outputType, usagetype }: Readonly<Record<string, string>>): Promise<string> => {
      asked.push(regionCode ?? '');
      return rates[inputType ?? outputType ?? usagetype ?? ''] ?? 'none';
    };

    const { usd, tolerance } = await expectedCost({ price }, 'us-east-1', { ...countedCam, pushedSeconds: 3600, watchedSeconds: 7200, convertedBillableSeconds: 3600, recordingObjects: 200 });

    expect(usd).toBeCloseTo(0.2 + 0.15 + 0.9 + 0.001, 9);
    expect(tolerance).toBeLessThan(0.0005);
    expect(new Set(asked)).toEqual(new Set(['us-east-1']));
  });
});

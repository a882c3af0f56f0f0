import { billableSecondsOf, countShow, renditionsOf } from '../../../../scripts/demo/count-show.ts';
import { independentSchema } from '../../../../scripts/demo/independent.ts';
import type { ShownShow } from '../../../../scripts/demo/run-show.ts';
import type { StoredObject, Witness } from '../../../../scripts/demo/witness.ts';
import { aLine } from '../../../support/demo/a-counted-show.ts';

const object = (key: string, bytes = 100): StoredObject => ({ bucket: 'b', key, bytes });

const seen: unknown = {
  pushedSeconds: 60, ranSeconds: 62, viewing: { receivedBytes: 1000, requests: 40, seconds: 59, bodyBytesFromOrigin: 900 }, refusedViewer: { status: 403, bytes: 300 }, pushAfterStop: 'refused',
};
const show = seen as ShownShow;

const line = aLine({ billable: { amount: '61/60', unit: 'minutes' }, rate: { sku: 'S', rateCode: 'S.1', usageType: 'U', usdPerUnit: '9', unit: 'minutes', effectiveDate: '2025-01-01', priceBookId: 'b' } });

/** Buckets as they are listed; a file is as many seconds long as its objects are many, times ten. */
const counting = (objects: Readonly<Record<string, readonly StoredObject[]>>) => {
  const lengths = new Map<string, number>();
  const witness: Witness = {
    list: async (bucket) => [...(objects[bucket] ?? [])],
    download: async (files, file) => void lengths.set(file, files.length * 10),
    duration: () => Number.NaN,
    pictureSeconds: (file) => lengths.get(file) ?? Number.NaN,
  };
  return { witness, priceList: { price: async () => '0.0150000000' }, buckets: { archive: 'archive', recordings: 'recordings' }, folder: '/none' };
};

describe('what is counted of a show', () => {
  it('has no archive, no channel and no stray traffic on a Cam pipeline, and says so', async () => {
    const recordings = ['ivs/v1/media/hls/720p30/0.ts', 'ivs/v1/media/hls/720p30/1.ts', 'ivs/v1/media/hls/720p30/playlist.m3u8', 'acc_1/mp4/show.mp4'].map((key) => object(key));

    const independent = await countShow(counting({ recordings }), 'CAM', show, { lines: [line] });

    expect(independentSchema.parse(independent)).toEqual(independent);
    expect(independent).toMatchObject({ ranSeconds: 'not applicable', archiveBytes: 'not applicable', strayBytes: 'not applicable', bodyBytesFromOrigin: 'not applicable' });
    expect(independent).toMatchObject({ recordingBytes: 400, recordingObjects: 4, hlsSeconds: 20, mp4Seconds: 10, convertedSeconds: 10, convertedOutputs: 1, priceListUsd: '0.015250000' });
  });

  it('has the same fields on a Pro pipeline, all of which were counted', async () => {
    const recordings = ['a/hls/show_480p_00001.ts', 'a/hls/show_480p_00002.ts', 'a/hls/show_240p_00001.ts', 'a/mp4/show.mp4'].map((key) => object(key));
    const archive = [object('a/archive.000000.ts')];

    const [pro, cam] = [await countShow(counting({ recordings, archive }), 'PRO', show, { lines: [] }), await countShow(counting({ recordings }), 'CAM', show, { lines: [] })];

    expect(independentSchema.parse(pro)).toEqual(pro);
    expect(Object.keys(pro).sort()).toEqual(Object.keys(cam).sort());
    expect(Object.values(pro)).not.toContain('not applicable');
    expect(pro).toMatchObject({ archiveObjects: 1, archiveSeconds: 10, hlsSeconds: 20, hlsRenditionSeconds: 30, convertedSeconds: 40, convertedOutputs: 3, ranSeconds: 62, strayBytes: 300 });
  });

  it('prices what the breakout bears alone', async () => {
    const { priceListUsd } = await countShow(counting({}), 'CAM', show, { lines: [line, { ...line, owner: 'PLATFORM' }, aLine()] });

    expect(priceListUsd).toBe('0.015250000');
  });
});

describe('the renditions of a recording', () => {
  it('are in the order of their segments\' numbers', () => {
    const rows = renditionsOf(['v/720p30/10.ts', 'v/720p30/9.ts', 'v/480p30/0.ts', 'v/720p30/playlist.m3u8'].map((key) => object(key)));

    expect(rows.map((row) => row.map(({ key }) => key))).toEqual([['v/480p30/0.ts'], ['v/720p30/9.ts', 'v/720p30/10.ts']]);
  });

  it('are billed by whole seconds, at least ten of each', () => {
    expect(billableSecondsOf([3, 60, 60.001])).toBe(10 + 60 + 61);
  });
});

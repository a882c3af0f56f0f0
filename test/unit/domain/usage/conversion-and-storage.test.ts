import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { conversionLines } from '../../../../lambda/domain/usage/meters/conversion-meter.ts';
import { removedAt } from '../../../../lambda/domain/recordings/stored-intervals.ts';
import { storageLines } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { aRecordingJob } from '../../../support/usage/a-show.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';

const mp4 = aRecordingJob().outputs[0]!.outputClass;
const job = { jobId: '1-a', from: Date.parse('2026-11-30T23:59:00Z'), to: Date.parse('2026-12-01T00:01:00Z') };

describe('conversionLines', () => {
  it('bills every output on its own, each at least ten seconds', () => {
    const outputs = [{ name: 'mp4-0', durationMilliseconds: 45_000n, outputClass: mp4 }, { name: 'hls-0', durationMilliseconds: 3_000n, outputClass: { ...mp4, widthPixels: 640, heightPixels: 360 } }];

    const lines = conversionLines({ ...job, outputs }, 'us-east-1', aPriceBook());

    expect(lines.map(({ nanoUsd, rate }) => [nanoUsd, rate?.usageType])).toEqual([[11_250_000n, 'IAD-B-AVC-HD-S-30'], [1_250_000n, 'IAD-B-AVC-SD-S-30']]);
    expect(sumMeasures(lines.map(({ adds }) => adds))).toMatchObject({ conversionMilliseconds: 48_000n, conversionBillableSeconds: 55n });
  });

  it('falls into the month in which the job ended', () => {
    const [line] = conversionLines({ ...job, outputs: [{ name: 'a', durationMilliseconds: 1n, outputClass: mp4 }] }, 'us-east-1', aPriceBook());

    expect(line).toMatchObject({ month: '2026-12', periodStart: '2026-12-01T00:01:00.000Z' });
  });

  it('has no data of an output whose duration is not told', () => {
    const [line] = conversionLines({ ...job, outputs: [{ name: 'a', outputClass: mp4 }] }, 'us-east-1', aPriceBook());

    expect(line).toMatchObject({ notes: ['the job ended well and tells no duration of this output', 'no data'], adds: { conversionNoDataLines: 1n } });
    expect(line).not.toHaveProperty('quantity');
  });

  it("multiplies by the list's normalisation ratio", () => {
    const rate = aRate('AWSElementalMediaConvert', 'IAD-B-AVC-HD-S-30', 'minutes', '0.0100000000', { attributes: { regionCode: 'us-east-1', normalizationRatio: '1.5' } });

    const [line] = conversionLines({ ...job, outputs: [{ name: 'a', durationMilliseconds: 60_000n, outputClass: mp4 }] }, 'us-east-1', aPriceBook({ rates: [rate] }));

    expect(line?.nanoUsd).toBe(15_000_000n);
  });

  it.each([
    ['a finer pass', { ...mp4, qualityTuning: 'MULTI_PASS_HQ' }, 'P-AVC-HD-MHQ-30'],
    ['acceleration', { ...mp4, isAccelerated: true }, 'P-AVC-HD-S-30'],
    ['pictures, which the list has no price of', { ...mp4, videoCodec: 'FRAME_CAPTURE' }, 'FRAME_CAPTURE'],
    ['no video', { isAccelerated: false }, 'without video'],
  ])('never prices %s as the basic tier', (_what, outputClass, named) => {
    const [line] = conversionLines({ ...job, outputs: [{ name: 'a', durationMilliseconds: 60_000n, outputClass }] }, 'us-east-1', aPriceBook());

    expect(line?.unpriced).toContain(named);
  });
});

describe('storageLines', () => {
  const day = 86_400_000;
  const storedAt = Date.parse('2026-11-30T00:00:00Z');
  const facts = (watermark: number) => ({ place: 'archive' as const, bucket: 'archive', stored: [{ bytes: 30n << 30n, storedAt, objects: 1 }], since: storedAt, watermark });

  it('counts byte-hours per calendar month until the watermark', () => {
    const lines = storageLines(facts(storedAt + 2 * day), 'us-east-1', aPriceBook()).filter(({ key }) => key.endsWith('held'));

    // A day of 30 GB is 1 GB-month of November's 30 days, 30/31 of December's 31.
    expect(lines.map(({ month, nanoUsd, adds }) => [month, nanoUsd, adds.storageNanoGigabyteMonths, adds.storageBytesHeld])).toEqual([
      ['2026-11', 23_000_000n, 1_000_000_000n, undefined],
      ['2026-12', 22_258_065n, 967_741_935n, 30n << 30n],
    ]);
  });

  it('charges a write for each object in the month of its writing', () => {
    const [put] = storageLines(facts(storedAt + 2 * day), 'us-east-1', aPriceBook()).filter(({ key }) => key.endsWith('put-requests'));

    expect(put).toMatchObject({ month: '2026-11', nanoUsd: 5_000n });
  });

  it('holds an object that is newer than the watermark without time', () => {
    const [held] = storageLines(facts(storedAt - 1), 'us-east-1', aPriceBook());

    expect(held).toMatchObject({ nanoUsd: 0n, adds: { storageBytesHeld: 30n << 30n, storageNanoGigabyteMonths: 0n, storageOpenBytes: 30n << 30n, storageOpenByteMilliseconds: (30n << 30n) * BigInt(storedAt) } });
  });

  it('ends the charge of what was removed', () => {
    const removed = removedAt([{ storedAt, bytes: 30n << 30n, objects: 2 }], storedAt + day);
    const lines = storageLines({ ...facts(storedAt + 2 * day), stored: removed }, 'us-east-1', aPriceBook());

    expect(lines.filter(({ key }) => key.endsWith('held')).map(({ nanoUsd, adds }) => [nanoUsd, adds.storageBytesHeld])).toEqual([[23_000_000n, undefined]]);
    expect(lines.find(({ key }) => key.endsWith('put-requests'))?.quantity).toMatchObject({ amount: 2n });
  });

  it('is zero, not unknown, without objects', () => {
    const lines = storageLines({ ...facts(storedAt), stored: [] }, 'us-east-1', aPriceBook());

    expect(lines.map(({ adds }) => adds)).toEqual([{ storageBytesHeld: 0n, storageNanoGigabyteMonths: 0n, storageOpenBytes: 0n, storageOpenByteMilliseconds: 0n, storageNanoUsd: 0n, storageChargeNanoUsd: 0n }]);
  });
});

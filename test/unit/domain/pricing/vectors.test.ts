import { conversionLines } from '../../../../lambda/domain/usage/meters/conversion-meter.ts';
import { packagingLines } from '../../../../lambda/domain/usage/meters/packaging-meter.ts';
import { heldLines } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { streamingLines } from '../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { formatDecimal, fraction } from '../../../../lambda/domain/pricing/fraction.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { aChannelRun, aRanOutput, aRecordingJob } from '../../../support/usage/a-show.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { bookWith, transferOfMonth, usdOf } from '../../../support/usage/worked-examples.ts';
import vectors from '../../../vectors/usage-golden.json' with { type: 'json' };

const start = Date.parse('2026-11-23T10:00:00Z');
const gigabyte = 1n << 30n;

describe('worked examples, by the meters and the rating that shows go through', () => {
  it.each(vectors.billableRunTime.cases)('bills runs of $runSeconds s as $billableMinutes minutes', ({ runSeconds, billableMinutes }) => {
    const lines = runSeconds.flatMap((seconds, index) => streamingLines({ run: aChannelRun({ attempt: index + 1 }), from: start, to: start + seconds * 1_000 }, 'us-east-1', aPriceBook()));

    expect(sumMeasures(lines.map(({ adds }) => adds)).streamingBillableMinutes).toBe(BigInt(billableMinutes));
    expect(lines.filter(({ key }) => key.includes('output')).reduce((sum, { quantity }) => sum + (quantity?.amount ?? 0n), 0n)).toBe(BigInt(billableMinutes));
  });

  it.each(vectors.billableConversion.cases)('bills outputs of $outputMilliseconds ms as $billableSeconds seconds', ({ outputMilliseconds, billableSeconds }) => {
    const [output] = aRecordingJob().outputs;
    const outputs = outputMilliseconds.map((milliseconds, index) => ({ ...output!, name: `mp4-${index}`, durationMilliseconds: BigInt(milliseconds) }));

    const lines = conversionLines({ jobId: 'job', from: start, to: start + 60_000, outputs }, 'us-east-1', aPriceBook());

    expect(sumMeasures(lines.map(({ adds }) => adds)).conversionBillableSeconds).toBe(BigInt(billableSeconds));
    expect(lines.reduce((sum, { basis }) => sum + (basis?.base ?? 0n), 0n)).toBe(BigInt(billableSeconds));
  });

  it.each(vectors.mediaLiveHour.cases)('sums the hour of a channel to $usd', ({ items, hours, usd }) => {
    const [input, sd, hd] = items;
    const book = bookWith({ 'EML2-USE1-IN-AVC-HD-L20': input!.usdPerHour, 'EML2-USE1-OUT-AVC-SD-L10-30-S': sd!.usdPerHour, 'EML2-USE1-OUT-AVC-HD-L10-30-S': hd!.usdPerHour });
    const outputs = [
      ...Array.from({ length: sd!.count }, (_, index) => aRanOutput({ name: `sd${index}`, widthPixels: 960, heightPixels: 540 })),
      ...Array.from({ length: hd!.count }, (_, index) => aRanOutput({ name: `hd${index}`, widthPixels: index === 0 ? 1280 : 1920, heightPixels: index === 0 ? 720 : 1080 })),
    ];
    const inputs = Array.from({ length: input!.count }, (_, index) => ({ name: `in${index}`, codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_20_MBPS' }) as const);
    const run = aChannelRun({ channel: { ...aChannelRun().channel, channelClass: 'STANDARD', inputs, outputs } });

    expect(usdOf(streamingLines({ run, from: start, to: start + Number(hours) * 3_600_000 }, 'us-east-1', book))).toBe(usd);
  });

  it.each(vectors.cloudFrontGraduated.cases)('charges $gb GB of a month with $usd', ({ gb, usd }) => {
    expect(transferOfMonth({ acc_one: gb }).usd).toBe(usd);
  });

  it.each(vectors.mediaPackage.cases)('charges $ingressGB GB in and $egressGB GB out with $usd', ({ ingressGB, egressGB, usdPerIngressGB, usdPerEgressGB, usd }) => {
    const book = bookWith({ 'USE1-EMP-ingest-bytes': usdPerIngressGB, 'USE1-EMP-origin-packaging-bytes': usdPerEgressGB });
    const window = { from: start, to: start + 120_000 };
    const facts = { scope: '', window, watermark: window.to, ingress: aMinuteSeries(window, { 1: BigInt(ingressGB) * gigabyte }), egress: aMinuteSeries(window, { 0: BigInt(egressGB) * gigabyte }) };

    expect(usdOf(packagingLines(facts, 'us-east-1', book))).toBe(usd);
  });

  it.each(vectors.s3ByteHours.cases)('holds $bytes bytes for $hours of $hoursInMonth hours as $gbMonths GB-months', ({ bytes, hours, hoursInMonth, gbMonths, usdPerGBMonth, usd }) => {
    // October has 744 hours, February of a common year 672.
    const month = hoursInMonth === 744 ? '2026-10' : '2026-02';
    const storedAt = Date.parse(`${month}-01T00:00:00Z`);
    const watermark = storedAt + hours * 3_600_000;

    const lines = heldLines({ place: 'recordings', bucket: 'recordings', stored: [{ bytes: BigInt(bytes), storedAt, objects: 1 }], since: storedAt, watermark }, month, 'us-east-1', bookWith({ 'TimedStorage-ByteHrs': usdPerGBMonth }));

    expect(usdOf(lines)).toBe(usd);
    expect(formatDecimal(fraction(sumMeasures(lines.map(({ adds }) => adds)).storageNanoGigabyteMonths ?? 0n, 1_000_000_000n), 9)).toBe(gbMonths);
  });

  it('are all of the examples that there are', () => {
    const { about: _about, ...examples } = vectors;

    expect(Object.keys(examples)).toEqual(['billableRunTime', 'billableConversion', 'mediaLiveHour', 'cloudFrontGraduated', 'mediaPackage', 's3ByteHours']);
  });
});

import { formatDecimal, parseDecimal } from '../../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../../lambda/domain/pricing/graduated-charge.ts';
import { formatUsd } from '../../../../lambda/domain/pricing/usd.ts';
import { streamingLines } from '../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { storageLines } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { aChannelRun } from '../../../support/usage/a-show.ts';
import { bookWith, exampleTiers, transferOfMonth } from '../../../support/usage/worked-examples.ts';
import vectors from '../../../vectors/straddling.json' with { type: 'json' };

describe('what lies on both sides of a boundary', () => {
  it.each(vectors.runs.cases)('bills $what as $billableMinutes minutes, each month its part', ({ from, to, parts }) => {
    const run = aChannelRun({ channel: { ...aChannelRun().channel, channelClass: 'STANDARD' } });

    const lines = streamingLines({ run, from: Date.parse(from), to: Date.parse(to) }, 'us-east-1', bookWith({ 'EML2-USE1-OUT-AVC-HD-L10-30-S': vectors.runs.usdPerHour }));

    const outputs = lines.filter(({ key }) => key.includes('output'));
    const times = lines.filter(({ key }) => key.endsWith('/time'));
    expect(outputs.map(({ month, quantity, nanoUsd }, index) => ({ month, milliseconds: Number(times[index]?.quantity?.amount), billableMinutes: Number(quantity?.amount), usd: formatUsd(nanoUsd ?? 0n) }))).toEqual(parts);
    expect(times.map(({ month, adds }) => [month, adds.streamingBillableMinutes])).toEqual(parts.map(({ month, billableMinutes }) => [month, BigInt(billableMinutes)]));
  });

  it.each(vectors.storage.cases)('holds $what in each month by its own length', ({ bytes, storedAt, removedAt, parts }) => {
    const [from, to] = [Date.parse(storedAt), Date.parse(removedAt)];
    const facts = { place: 'archive' as const, bucket: 'archive', stored: [{ bytes: BigInt(bytes), storedAt: from, removedAt: to, objects: 1 }], since: from, watermark: to };

    const held = storageLines(facts, 'us-east-1', bookWith({ 'TimedStorage-ByteHrs': vectors.storage.usdPerGBMonth })).filter(({ quantity }) => quantity?.unit === 'byte-milliseconds');

    expect(held.map(({ month, quantity, adds, nanoUsd }) => ({ month, byteMilliseconds: quantity?.amount.toString(), nanoGigabyteMonths: adds.storageNanoGigabyteMonths?.toString(), usd: formatUsd(nanoUsd ?? 0n) }))).toEqual(parts);
  });

  it.each(vectors.tiers.cases)('charges a quantity $what with $usd', ({ fromGB, toGB, usd }) => {
    expect(formatDecimal(graduatedUsd(exampleTiers, parseDecimal(fromGB), parseDecimal(toGB)), 9)).toBe(usd);
  });

  it.each(vectors.tierAdjustments.cases)('shares the tiers of $what', ({ accounts, usd }) => {
    const month = transferOfMonth(Object.fromEntries(accounts.map(({ account, gb }) => [account, gb])));

    expect(month).toEqual({ accounts: accounts.map(({ account, listUsd, adjustmentUsd }) => ({ account, listUsd, adjustmentUsd })), usd });
  });
});

import { camChannelTypes } from '../../../../lambda/domain/pricing/cam-rates.ts';
import { formatUsd } from '../../../../lambda/domain/pricing/usd.ts';
import { ceilMinute, floorMinute, type Interval } from '../../../../lambda/domain/usage/calendar-month.ts';
import { camFacts } from '../../../../lambda/domain/usage/cam/cam-facts.ts';
import { camDeliveredMetric, camInputMetric } from '../../../../lambda/domain/usage/cam/cam-metrics.ts';
import { camOutputLines } from '../../../../lambda/domain/usage/meters/cam-delivery-meter.ts';
import { camInputLines } from '../../../../lambda/domain/usage/meters/cam-meter.ts';
import { camChannelId } from '../../../../lambda/domain/pipelines/cam-pipeline.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../../../support/shows/a-cam-plan.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import vectors from '../../../vectors/cam.json' with { type: 'json' };

const inputTypes: Readonly<Record<string, string>> = { BASIC: 'Basic', STANDARD: 'Standard' };
const outputTypes: Readonly<Record<string, string>> = { SD: 'SD', HD: 'HD', FULL_HD: 'Full HD' };
const pictures: Readonly<Record<string, { readonly widthPixels: number; readonly heightPixels: number }>> = { HD: { widthPixels: 1280, heightPixels: 720 }, FULL_HD: { widthPixels: 1920, heightPixels: 1080 } };

const book = aPriceBook({ rates: [
  ...Object.entries(vectors.inputUsdPerHour).map(([type, usd]) => aRate('AmazonIVS', `Input-${type}`, 'Hrs', usd, { attributes: { regionCode: 'us-east-1', inputType: inputTypes[type]! } })),
  ...Object.entries(vectors.outputUsdPerHour).flatMap(([type, usd]) =>
    ['North America', 'Europe'].map((toLocation) => aRate('AmazonIVS', `Output-${type}-${toLocation}`, 'Hrs', usd, { attributes: { regionCode: 'us-east-1', outputType: outputTypes[type]!, toLocation } })),
  ),
] });

const pointsIn = (window: Interval, points: Readonly<Record<string, number | undefined>>) =>
  aMinuteSeries(window, Object.fromEntries(Object.entries(points).flatMap(([at, amount]) => (amount === undefined ? [] : [[(Date.parse(at) - window.from) / 60_000, BigInt(amount)]]))));

/** A vector's show through what shows are measured with: its facts, its lines. */
const linesOf = ({ channelType, renditionClass, holds, sessions, input, delivered, deliveredByCountry }: (typeof vectors.cases)[number]) => {
  const window = { from: floorMinute(Date.parse(holds.from)), to: ceilMinute(Date.parse(holds.to)) };
  const type = camChannelTypes.find((one) => one === channelType)!;
  const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, type } });
  const channelId = camChannelId(pipeline);
  const read = (metric: ReturnType<typeof camInputMetric>, points: Readonly<Record<string, number | undefined>>) => ({ region: 'us-east-1', metric, ...pointsIn(window, points) });
  const reading = {
    readAt: window.to + 60_000,
    series: [read(camInputMetric(channelId), input), read(camDeliveredMetric(channelId), delivered), ...Object.entries(deliveredByCountry).map(([country, points]) => read(camDeliveredMetric(channelId, country), points ?? {}))],
  };
  const picture = { ...pictures[renditionClass]!, framesPerSecond: 30, bitsPerSecond: 1, codec: 'avc1' };
  const facts = camFacts(
    { scope: '', pipeline, windows: { packaging: window, delivery: window }, run: aCamRun({ requestedAt: holds.from, channel: pipeline.channel }), sessions: sessions.map(({ from, to }, index) => aStreamSession({ streamId: `st-${index}`, startedAt: from, endedAt: to, source: picture })) },
    reading,
  );
  return [...camInputLines(facts, 'us-east-1', book), ...camOutputLines(facts, 'us-east-1', book)];
};

describe('a show on a Cam pipeline', () => {
  it.each(vectors.cases)('costs what the example says: $what', (vector) => {
    const lines = linesOf(vector);

    const months = [...new Set(lines.map(({ month }) => month))];
    expect(
      months.map((month) => {
        const ofMonth = lines.filter((line) => line.month === month);
        const input = ofMonth.find(({ key }) => key === 'streaming/input');
        const output = ofMonth.filter(({ key, quantity }) => key.startsWith('streaming/output/') && (quantity?.amount ?? 0n) > 0n);
        return {
          month,
          inputMilliseconds: Number(input?.quantity?.amount),
          inputUsd: formatUsd(input?.nanoUsd ?? -1n),
          delivered: output.map(({ key, quantity, nanoUsd }) => ({ place: key.split('/').at(-1), milliseconds: Number(quantity?.amount), usd: formatUsd(nanoUsd ?? -1n) })),
        };
      }),
    ).toEqual(vector.parts);
  });
});

import type { ChannelRun } from '../breakouts/channel-run.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import type { Recording } from '../recordings/recording.ts';
import { conversionLines, type ConversionFacts } from './meters/conversion-meter.ts';
import { deliveryLines } from './meters/delivery-meter.ts';
import { packagingLines } from './meters/packaging-meter.ts';
import { storageLines } from './meters/storage-meter.ts';
import { streamingLines, type EndedRun } from './meters/streaming-meter.ts';
import { rawSeries } from './metric-series.ts';
import type { ShowFacts } from './show-facts.ts';
import type { RawSeries, UsageLine } from './usage-line.ts';

/** A run that has started and ended; a run whose channel never ran has no time. */
const endedRun = (run: ChannelRun): readonly EndedRun[] => {
  if (!run.started || !run.ended) return [];
  const from = Date.parse(run.started.at);
  return [{ run, from, to: Math.max(from, Date.parse(run.ended.at)) }];
};

const conversionFacts = (recording: Recording | undefined): readonly ConversionFacts[] => {
  if (recording?.status !== 'READY' || recording.jobId === undefined || recording.finishedAt === undefined) return [];
  const to = Date.parse(recording.finishedAt);
  return [
    {
      jobId: recording.jobId,
      from: Math.min(to, Date.parse(recording.startedAt ?? recording.submittedAt)),
      to,
      outputs: recording.outputs.map((output) => ({ ...output, durationMilliseconds: BigInt(Math.round(output.durationMilliseconds)) })),
    },
  ];
};

/** All lines of a show, of every month: each category from its own facts. */
export const showLines = ({ pipeline, runs, recording, packaging, delivery, storage }: ShowFacts, book: PriceBook | undefined): readonly UsageLine[] => {
  const { region } = pipeline;
  return [
    ...runs.flatMap(endedRun).flatMap((run) => streamingLines(run, region, book)),
    ...(packaging ? packagingLines(packaging, region, book) : []),
    ...(delivery ? deliveryLines(delivery, region, book) : []),
    ...conversionFacts(recording).flatMap((facts) => conversionLines(facts, region, book)),
    ...storage.flatMap((facts) => storageLines(facts, region, book)),
  ];
};

/** The raw series behind the lines. */
export const showSeries = ({ packaging, delivery }: ShowFacts): readonly RawSeries[] => [
  ...(packaging ? [rawSeries('packaging/ingress', packaging.ingress), rawSeries('packaging/egress', packaging.egress)] : []),
  ...(delivery ? [rawSeries('delivery/bytes', delivery.bytes), rawSeries('delivery/requests', delivery.requests)] : []),
];

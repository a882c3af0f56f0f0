import type { ChannelRun } from '../breakouts/channel-run.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import { convertedJobs } from './converted-jobs.ts';
import { camOutputLines } from './meters/cam-delivery-meter.ts';
import { camInputLines } from './meters/cam-meter.ts';
import { conversionLines } from './meters/conversion-meter.ts';
import { deliveryLines } from './meters/delivery-meter.ts';
import { packagingLines } from './meters/packaging-meter.ts';
import { storageLines } from './meters/storage-meter.ts';
import { streamingLines, type EndedRun } from './meters/streaming-meter.ts';
import type { LegFacts, ShowFacts } from './show-facts.ts';
import type { UsageLine } from './usage-line.ts';

/** A run that has started and ended; a run whose channel never ran has no time. */
export const endedRun = (run: ChannelRun): readonly EndedRun[] => {
  if (!run.started || !run.ended) return [];
  const from = Date.parse(run.started.at);
  return [{ run, from, to: Math.max(from, Date.parse(run.ended.at)) }];
};

const legLines = ({ pipeline: { region }, packaging, delivery, cam }: LegFacts, book: PriceBook | undefined): readonly UsageLine[] => [
  ...(cam ? [...camInputLines(cam, region, book), ...camOutputLines(cam, region, book)] : []),
  ...(packaging ? packagingLines(packaging, region, book) : []),
  ...(delivery ? deliveryLines(delivery, region, book) : []),
];

/** All lines of a show, of every month: each category from its own facts, every leg on its own pipeline. */
export const showLines = ({ pipeline: { region }, legs, runs, recording, storage }: ShowFacts, book: PriceBook | undefined): readonly UsageLine[] => {
  const regionOf = ({ attempt }: ChannelRun): string => legs.find((leg) => leg.attempt === attempt)?.pipeline.region ?? region;
  return [
    ...runs.flatMap(endedRun).flatMap((ended) => streamingLines(ended, regionOf(ended.run), book)),
    ...legs.flatMap((leg) => legLines(leg, book)),
    ...convertedJobs(recording).flatMap((facts) => conversionLines(facts, region, book)),
    ...storage.flatMap((facts) => storageLines(facts, region, book)),
  ];
};

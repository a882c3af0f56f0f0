import { readRateProvenance } from '../../local/services/pricing/rate-provenance.ts';
import { logTable } from './failover.ts';
import { notApplicable } from './independent.ts';
import type { DemoReport } from './report.ts';
import { showWords } from './show-words.ts';
import { checkTable, lineTable, rowsOf, usageTable } from './table.ts';

const seconds = (value: number | typeof notApplicable): string => (value === notApplicable ? value : `${value.toFixed(1)} s`);

const timingLines = ({ kind, timings }: DemoReport): string => {
  const { ended } = showWords[kind];
  return [
    `the platform was ready after ${seconds(timings.platformReadySeconds)}`,
    `the viewer's first segment came ${seconds(timings.pushToFirstSegmentSeconds)} after the encoder began`,
    `a segment's first picture was ${seconds(timings.latencySeconds)} old when it could be played (median)`,
    `the first usage was booked ${seconds(timings.idleToProvisionalSeconds)} after ${ended}`,
    ...(timings.idleToFinalSeconds === notApplicable ? [] : [`the final usage was booked ${seconds(timings.idleToFinalSeconds)} after ${ended}`]),
  ].join('\n');
};

const verdict = ({ checks }: DemoReport): string => {
  const failed = checks.filter(({ ok }) => !ok).length;
  return failed === 0 ? `All ${checks.length} comparisons hold.` : `${failed} of ${checks.length} comparisons FAIL.`;
};

/** Everything that the demo prints of a show that is over. */
export const describeOutcome = (report: DemoReport): string => {
  const { usage, lines, independent, log, checks } = report;
  const provenance = readRateProvenance();
  const isIllustrative = (sku: string): boolean => provenance(sku)?.isIllustrative === true;
  const illustrative = lines.some(({ rate }) => rate !== undefined && isIllustrative(rate.sku));
  const parts = [
    `What the show used and cost: ${usage.breakout.status}. It is the only one of its event and its account, so that all three are the same.`,
    usageTable({ usage }, rowsOf(independent)),
    'How each charge was made: the exact billable quantity times the rate, rounded once.',
    lineTable(lines, isIllustrative),
    ...(lines.some(({ usd, unpriced }) => usd === undefined && unpriced === undefined) ? ['– measured only: it costs nothing, or its cost is in other lines.'] : []),
    ...(lines.some(({ owner }) => owner === 'PLATFORM') ? ['(not the show\'s) shown here, and borne by the platform: it is in no total above.'] : []),
    ...(illustrative ? ['* illustrative: no public source for this rate was at hand. On AWS, rates come from the Price List.'] : []),
    ...(log.length > 0 ? ['What happened in the show', logTable(log)] : []),
    'Compared with what was counted without the platform',
    checkTable(checks),
    timingLines(report),
    verdict(report),
  ];
  return `\n${parts.join('\n\n')}\n\n`;
};

import { exactly, within, type Check } from './checks.ts';
import { conversionChecks, frameSeconds, quantityOf, refusalChecks, secondsOf, storageChecks, sumChecks } from './common-checks.ts';
import type { ProIndependent } from './independent.ts';
import type { Results } from './read-results.ts';

const segmentSeconds = 6;
// EventBridge tells whole seconds, and the witness looks every 0.2 s.
const eventSeconds = 1;
const lookSeconds = 0.5;

const deliveryChecks = ({ usage: { breakout }, lines, audience }: Results, { viewerBytes, strayBytes, viewerRequests }: ProIndependent): Check[] => {
  const { delivery } = breakout.categories;
  const number = (value: string | null | undefined): bigint => BigInt(value ?? 0);
  const edgeBytes = quantityOf(lines, /^delivery\/edge$/);
  const unattributedBytes = quantityOf(lines, /^delivery\/unattributed\/.*\/transfer$/);
  return [
    exactly('bytes of the show: what the viewer\'s socket received', viewerBytes, number(delivery?.attributedBytes)),
    exactly('bytes of no show: one stray request', strayBytes, unattributedBytes),
    exactly('bytes that no access log tells of', 0, number(delivery?.unloggedBytes)),
    exactly('attributed + unlogged + unattributed = the edge\'s total', edgeBytes, number(delivery?.attributedBytes) + number(delivery?.unloggedBytes) + unattributedBytes),
    exactly('the edge\'s total: all that was received', viewerBytes + strayBytes, edgeBytes),
    exactly('what the show bears of it: all but the stray request', viewerBytes, number(delivery?.edgeBytes)),
    exactly('requests: the viewer\'s, without the stray one', viewerRequests, number(delivery?.edgeRequests)),
    exactly('the audience by the logs: one viewer, on one device', '1 on 1', `${audience?.uniqueViewers?.value ?? 0} on ${audience?.peakConcurrentSessions?.value ?? 0}`),
  ];
};

const durationChecks = ({ usage: { breakout } }: Results, { ranSeconds, archiveSeconds, mp4Seconds, watchedSeconds }: ProIndependent): Check[] => [
  within('streaming: the channel running, as seen from outside', eventSeconds + lookSeconds, 's', ranSeconds, secondsOf(breakout.categories.streaming?.runMilliseconds)),
  within('the MP4 is as long as the archive', frameSeconds * 2, 's', archiveSeconds, mp4Seconds),
  within('the viewer saw as much as was archived', segmentSeconds, 's', archiveSeconds, watchedSeconds),
];

/** Compares what the platform says of a show on a Pro pipeline with what was counted. */
export const comparePro = (results: Results, independent: ProIndependent): Check[] => {
  const { archiveBytes, archiveObjects, recordingBytes, recordingObjects, bodyBytesFromOrigin } = independent;
  return [
    ...deliveryChecks(results, independent),
    exactly('packaging: bodies that the edge fetched from the packager', bodyBytesFromOrigin, BigInt(results.usage.breakout.categories.packaging?.egressBytes ?? 0)),
    ...durationChecks(results, independent),
    ...conversionChecks(results, independent),
    ...storageChecks(results, { bytes: archiveBytes + recordingBytes, objects: archiveObjects + recordingObjects }),
    // A path without a token leads nowhere: whoever asks learns of no show.
    ...refusalChecks(404, 'a viewer without a token', independent),
    ...sumChecks(results, independent),
  ];
};

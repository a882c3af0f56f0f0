import { exactly, within, type Check } from '../checks.ts';
import { conversionChecks, frameSeconds, quantityOf, refusalChecks, secondsOf, storageChecks, sumChecks } from '../common-checks.ts';
import type { CamIndependent } from '../independent.ts';
import type { PriceList } from '../price-list.ts';
import type { Results } from '../read-results.ts';

// An encoder connects in a moment, and its stream is counted from its first frame to its last.
const connectingSeconds = 3;
// Playlists give durations in milliseconds.
const segmentRoundingSeconds = 0.5;
const segmentSeconds = 2;
const secondsPerHour = 3600;

const streamingChecks = ({ usage: { breakout }, lines }: Results, { pushedSeconds, watchedSeconds }: CamIndependent): Check[] => {
  const { streaming } = breakout.categories;
  return [
    within('streaming: the encoder pushing, as seen from outside', connectingSeconds, 's', pushedSeconds, secondsOf(streaming?.runMilliseconds)),
    within('what IVS took in: the same', connectingSeconds, 's', pushedSeconds, secondsOf(streaming?.inputMilliseconds)),
    within('what IVS delivered: the segments that the viewer got', segmentRoundingSeconds, 's', watchedSeconds, secondsOf(streaming?.deliveredMilliseconds)),
    exactly('what IVS took in: its line', quantityOf(lines, /^streaming\/input$/), BigInt(streaming?.inputMilliseconds ?? 0)),
    exactly('what IVS delivered: its lines by billing region', quantityOf(lines, /^streaming\/output\//), BigInt(streaming?.deliveredMilliseconds ?? 0)),
  ];
};

const recordingChecks = ({ pushedSeconds, watchedSeconds, hlsSeconds, mp4Seconds }: CamIndependent): Check[] => [
  within('the recording\'s HLS, by ffprobe: what the encoder pushed', connectingSeconds, 's', pushedSeconds, hlsSeconds),
  within('the MP4, by ffprobe: as long as the HLS', frameSeconds * 2, 's', hlsSeconds, mp4Seconds),
  within('the viewer saw as much as was recorded', segmentSeconds, 's', hlsSeconds, watchedSeconds),
];

const viewersChecks = ({ audience }: Results): Check[] => {
  // A show of less than a whole minute has no count.
  if (audience === undefined) return [];
  const { viewers } = audience.now ?? {};
  return [exactly('viewers now, while it was on: IVS\'s own count of the one viewer', '1 COUNT', `${viewers?.value ?? 'none'} ${viewers?.label ?? ''}`)];
};

/** What a Cam show should cost: in USD, and how far it may be off. */
export interface ExpectedCost {
  readonly usd: number;
  readonly tolerance: number;
}

/**
 * What was counted at the Price List's rates, which are found by what was used and not by what the platform says: a BASIC channel, one
 * viewer in North America, pictures of 720 lines.
 */
export const expectedCost = async (list: PriceList, region: string, { pushedSeconds, watchedSeconds, convertedBillableSeconds, recordingObjects }: CamIndependent): Promise<ExpectedCost> => {
  const price = async (service: string, attributes: Readonly<Record<string, string>>): Promise<number> => Number(await list.price(service, { regionCode: region, ...attributes }));
  const input = (await price('AmazonIVS', { inputType: 'Basic' })) / secondsPerHour;
  const output = (await price('AmazonIVS', { outputType: 'HD', toLocation: 'North America' })) / secondsPerHour;
  const conversion = (await price('AWSElementalMediaConvert', { usagetype: 'IAD-B-AVC-HD-S-30' })) / 60;
  const request = await price('AmazonS3', { usagetype: 'Requests-Tier1' });
  return {
    usd: pushedSeconds * input + watchedSeconds * output + convertedBillableSeconds * conversion + recordingObjects * request,
    // A second of conversion more where the MP4 ends with a whole one; what is stored for minutes costs less than a micro-dollar.
    tolerance: connectingSeconds * input + segmentRoundingSeconds * output + conversion + 0.000_001,
  };
};

/** Compares what the platform says of a Cam show with what was counted. */
export const compareCam = (results: Results, independent: CamIndependent, { usd, tolerance }: ExpectedCost): Check[] => {
  const { states, totalUsd } = results.usage.breakout;
  return [
    ...streamingChecks(results, independent),
    ...viewersChecks(results),
    exactly('packaging and delivery, which are built in', 'NOT_APPLICABLE NOT_APPLICABLE', `${states.packaging} ${states.delivery}`),
    ...recordingChecks(independent),
    ...conversionChecks(results, independent),
    ...storageChecks(results, { bytes: independent.recordingBytes, objects: independent.recordingObjects }),
    ...refusalChecks(403, 'a viewer with a changed token', independent),
    within('the charge: what was counted, at the Price List\'s rates', tolerance, 'USD', usd, Number(totalUsd)),
    ...sumChecks(results, independent),
  ];
};

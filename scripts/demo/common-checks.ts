import { exactly, within, type Check } from './checks.ts';
import { nanoDollars } from './exact-usd.ts';
import type { Independent } from './independent.ts';
import type { Results } from './read-results.ts';

/** Of one picture: what is cut into files ends with a picture, or with the sound beside it. */
export const frameSeconds = 1 / 30;

/** Milliseconds as the platform tells them, in seconds; 0 where there is no data. */
export const secondsOf = (milliseconds: string | null | undefined): number => Number(milliseconds ?? 0) / 1000;

/** The quantity of all lines whose keys match. */
export const quantityOf = (lines: Results['lines'], key: RegExp): bigint => lines.filter((line) => key.test(line.key)).reduce((sum, { quantity }) => sum + BigInt(quantity?.amount ?? 0), 0n);

/** What is converted, by the files that came of it. */
export const conversionChecks = ({ usage: { breakout } }: Results, { convertedSeconds, convertedBillableSeconds, convertedOutputs }: Independent): Check[] => {
  const { conversion } = breakout.categories;
  return [
    within('conversion: every output\'s duration by ffprobe', frameSeconds * 2 * convertedOutputs, 's', convertedSeconds, secondsOf(conversion?.milliseconds)),
    // What ends with a whole second is, a picture longer, billed as the next one.
    within('conversion, billable: whole seconds of each output, at least ten', convertedOutputs, 's', convertedBillableSeconds, Number(conversion?.billableSeconds ?? 0)),
  ];
};

/** What is stored, by what lies in the buckets when everything has been written. */
export const storageChecks = ({ usage: { breakout }, lines }: Results, stored: { readonly bytes: number; readonly objects: number }): Check[] => [
  exactly('storage: bytes in the buckets', stored.bytes, BigInt(breakout.categories.storage?.bytesHeld ?? 0)),
  exactly('storage: a request to store each object', stored.objects, quantityOf(lines, /^storage\/.*\/put-requests$/)),
];

/** Who was kept out. `status` is what the one who may not watch has to be answered. */
export const refusalChecks = (status: number, who: string, { refusedStatus, pushAfterStop }: Independent): Check[] => [
  exactly(`refused: ${who}`, status, refusedStatus),
  exactly('refused: an encoder after the stop that pushes as before', 'refused', pushAfterStop),
];

/** What holds of every show: its sums to the last digit, that all of it has a price, and which. */
export const sumChecks = (results: Results, { priceListUsd }: Independent): Check[] => {
  const { breakout, event, account } = results.usage;
  const borne = results.lines.filter(({ owner }) => owner === 'BREAKOUT');
  const total = nanoDollars(breakout.totalUsd);
  return [
    exactly('charges: quantities times the Price List\'s rates, in nano-dollars', nanoDollars(priceListUsd), total),
    exactly('the lines sum to the breakout, in nano-dollars', borne.reduce((sum, { usd }) => sum + nanoDollars(usd ?? '0'), 0n), total),
    exactly('the breakout sums to the event', breakout.totalUsd, event.totalUsd),
    exactly('the event sums to the account', event.totalUsd, account.totalUsd),
    exactly('lines without a price', 0, borne.filter(({ unpriced }) => unpriced !== undefined).length),
    exactly('the recording', 'READY', results.recording.status),
  ];
};

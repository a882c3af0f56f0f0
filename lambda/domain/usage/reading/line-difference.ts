import { formatUsd } from '../../pricing/usd.ts';
import type { UsageLine } from '../usage-line.ts';

/** A line that two versions do not have alike. Amounts of money are signed exact strings: what is less what was. */
export interface LineDifference {
  readonly key: string;
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** What the line is of: `MediaPackage, live ingest`. */
  readonly what: string;
  readonly was: UsageLine | null;
  readonly is: UsageLine | null;
  readonly usd: string;
  readonly chargeUsd: string;
  /** The same for people: `live ingest: 1000 bytes became 1200 bytes, USD 0.028 became 0.034 (+0.006)`. */
  readonly words: string;
}

const comparable = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** What counts of a line; when it was read does not. */
const contentOf = ({ watermark: _watermark, ...line }: UsageLine): string => JSON.stringify(line, comparable);

const signed = (amount: bigint): string => `${amount > 0n ? '+' : ''}${formatUsd(amount)}`;

const quantityOf = ({ quantity }: UsageLine): string => (quantity ? `${quantity.amount.toString()} ${quantity.unit}` : 'no data');

const moneyOf = ({ nanoUsd, unpriced }: UsageLine): string => {
  if (nanoUsd !== undefined) return `USD ${formatUsd(nanoUsd)}`;
  return unpriced === undefined ? 'no cost of its own' : `unpriced (${unpriced})`;
};

const chargeOf = ({ chargeNanoUsd }: UsageLine): string => (chargeNanoUsd === undefined ? 'no charge' : `USD ${formatUsd(chargeNanoUsd)}`);

const priceOf = ({ rate }: UsageLine): string => (rate ? `USD ${rate.usdPerUnit} a ${rate.unit} of ${rate.priceBookId}` : 'no rate');

type Aspect = readonly [name: string, of: (line: UsageLine) => string];

const aspects: readonly Aspect[] = [
  ['', quantityOf],
  ['cost ', moneyOf],
  ['charge ', chargeOf],
  ['price ', priceOf],
  ['period ', ({ periodStart, periodEnd }) => `${periodStart} to ${periodEnd}`],
  ['source ', ({ source }) => source],
];

const changes = (was: UsageLine, is: UsageLine): string => {
  const changed = aspects.filter(([, of]) => of(was) !== of(is)).map(([name, of]) => `${name}${of(was)} became ${of(is)}`);
  return changed.length === 0 ? 'its notes changed' : changed.join(', ');
};

const wordsOf = (was: UsageLine | undefined, is: UsageLine | undefined, usd: bigint): string => {
  const line = is ?? was;
  const name = line === undefined ? '' : `${line.service}, ${line.dimension}`;
  if (was && is) return `${name}: ${changes(was, is)} (USD ${signed(usd)})`;
  return `${name}: ${is ? `new, ${quantityOf(is)}, ${moneyOf(is)}` : `gone, it was ${was ? `${quantityOf(was)}, ${moneyOf(was)}` : ''}`} (USD ${signed(usd)})`;
};

const differenceOf = (key: string, was: UsageLine | undefined, is: UsageLine | undefined): LineDifference => {
  const usd = (is?.nanoUsd ?? 0n) - (was?.nanoUsd ?? 0n);
  const charge = (is?.chargeNanoUsd ?? 0n) - (was?.chargeNanoUsd ?? 0n);
  const line = is ?? was;
  return {
    key,
    change: is === undefined ? 'REMOVED' : was === undefined ? 'ADDED' : 'CHANGED',
    what: line === undefined ? '' : `${line.service}, ${line.dimension}`,
    was: was ?? null,
    is: is ?? null,
    usd: signed(usd),
    chargeUsd: signed(charge),
    words: wordsOf(was, is, usd),
  };
};

/** The lines that two versions do not have alike, by key. */
export const lineDifferences = (before: readonly UsageLine[], after: readonly UsageLine[]): readonly LineDifference[] => {
  const was = new Map(before.map((line) => [line.key, line]));
  const is = new Map(after.map((line) => [line.key, line]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key): readonly LineDifference[] => {
    const [old, present] = [was.get(key), is.get(key)];
    if (old && present && contentOf(old) === contentOf(present)) return [];
    return [differenceOf(key, old, present)];
  });
};

import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { UsageLine } from '../../domain/usage/usage-line.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';
import { lineKey } from './usage-keys.ts';
import { lineSchema } from './usage-schemas.ts';

const lineCodec = itemCodec('UsageLine', 1, lineSchema);

/** How many lines are written at once. */
const writersAtOnce = 10;

/** DynamoDB keeps 38 significant digits; an exact fraction may have more, so that it is kept as text. */
const stored = ({ basis, billable, ...line }: UsageLine): object => ({
  ...line,
  ...(basis ? { basis: { ...basis, base: basis.base.toString(), perUnit: basis.perUnit.toString() } } : {}),
  ...(billable ? { billable: { ...billable, numerator: billable.numerator.toString(), denominator: billable.denominator.toString() } } : {}),
});

/** Writes the lines of a version; the same version and content again overwrites with the same. */
export const writeUsageLines = async (table: Table, head: ProfileHead, lines: readonly UsageLine[]): Promise<void> => {
  for (let start = 0; start < lines.length; start += writersAtOnce) {
    const batch = lines.slice(start, start + writersAtOnce);
    await Promise.all(batch.map((line) => table.put({ ...lineCodec.encode(line), ...stored(line), ...lineKey(head, line.key) })));
  }
};

/** A page of the lines that a head names, by key; `after` is the key of the last line of the page before. */
export const readUsageLines = async (table: Table, head: ProfileHead, { limit, after }: PageRequest): Promise<Page<UsageLine>> => {
  const { PK: partition, SK: prefix } = lineKey(head, '');
  const from = after === undefined ? {} : { after: `${prefix}${after}` };
  const items = (await table.query({ partition, prefix, ...from, limit: limit + 1 })).map((item) => lineCodec.decode(item));
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return items.length > limit && last ? { items: page, next: last.key } : { items: page };
};

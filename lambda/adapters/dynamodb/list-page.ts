import type { Page, PageRequest } from '../../domain/shared/page.ts';
import type { Item, Table } from './table.ts';

/** A page of one partition of the list index, or of its children whose sort keys begin with `prefix`; `sortKeyOf` is a child's. */
export const listPage = async <Entity>(
  table: Table,
  partition: string,
  { limit, after }: PageRequest,
  decode: (item: Item) => Entity,
  sortKeyOf: (entity: Entity) => string,
  prefix = '',
): Promise<Page<Entity>> => {
  // One more than asked tells whether there is a next page.
  const found = await table.query({ partition, prefix, inListIndex: true, limit: limit + 1, ...(after === undefined ? {} : { after }) });
  const items = found.slice(0, limit).map(decode);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, next: sortKeyOf(last) } : { items };
};

/** One page of a list, as IAM answers it. */
export interface IamPage<Item> {
  readonly items: readonly Item[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** The page after `marker` of a list in the order of its names. */
export const pageOf = <Item>(all: readonly Item[], nameOf: (item: Item) => string, marker: string | undefined, maxItems = 100): IamPage<Item> => {
  const rest = all.filter((item) => marker === undefined || nameOf(item) > marker).sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
  const items = rest.slice(0, maxItems);
  const last = items.at(-1);
  return rest.length > items.length && last !== undefined ? { items, IsTruncated: true, Marker: nameOf(last) } : { items, IsTruncated: false };
};

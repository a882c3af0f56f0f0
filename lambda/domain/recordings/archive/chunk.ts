/** Cuts a list into as few pieces of at most so many items as hold it, in order, none more than one longer than another. */
export const chunk = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] => {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, index) => items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count)));
};

import { invalid } from './faults.ts';

const mostResults = 100;

/** A page of a list; its token is a position. @throws ValidationException on a token or size that cannot be */
export const pageOf = <Item>(all: readonly Item[], { maxResults = mostResults, nextToken = '' }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined }): { readonly items: Item[]; readonly next: { readonly nextToken?: string } } => {
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > mostResults) throw invalid(`maxResults ${maxResults}: expected 1 to ${mostResults}`);
  if (!/^\d{0,6}$/.test(nextToken)) throw invalid('nextToken is not one that this call has given');
  const start = Number(nextToken);
  const end = start + maxResults;
  return { items: all.slice(start, end), next: end < all.length ? { nextToken: String(end) } : {} };
};

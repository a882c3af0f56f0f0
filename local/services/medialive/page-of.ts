import { badRequest } from './faults.ts';

const mostResults = 1000;

/** A page of a list; its token is a position. @throws BadRequestException on a token or size that cannot be */
export const pageOf = <Item>(all: readonly Item[], maximum = mostResults, token = '0'): { readonly items: readonly Item[]; readonly nextToken?: string } => {
  if (maximum < 1 || maximum > mostResults) throw badRequest(`MaxResults ${maximum}: expected 1 to ${mostResults}`);
  if (!/^\d{1,6}$/.test(token)) throw badRequest('NextToken is not one that this call has given');
  const end = Number(token) + maximum;
  return { items: all.slice(Number(token), end), ...(end < all.length ? { nextToken: String(end) } : {}) };
};

import { InvalidNextTokenException, InvalidParameterException } from '@aws-sdk/client-pricing';

/** Which part of a result is asked for. */
export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

const startOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString();
  if (/^from:\d{1,9}$/.test(text)) return Number(text.slice('from:'.length));
  throw new InvalidNextTokenException({ message: 'The pagination token is invalid: pass the NextToken of the page before.', $metadata: {} });
};

/** One page of a result and the token of the next one, if any. */
export const pageOf = <Item>(all: readonly Item[], { NextToken, MaxResults = 100 }: PageRequest, most: number): { items: Item[]; NextToken?: string } => {
  if (MaxResults < 1 || MaxResults > most) {
    throw new InvalidParameterException({ message: `MaxResults is ${MaxResults}, expected 1 to ${most}`, $metadata: {} });
  }
  const start = startOf(NextToken);
  const end = start + MaxResults;
  return { items: all.slice(start, end), ...(end < all.length ? { NextToken: Buffer.from(`from:${end}`).toString('base64url') } : {}) };
};

import { InvalidToken } from '@aws-sdk/client-sfn';

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken?: string;
}

const offsetOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString();
  if (!/^offset:\d+$/u.test(text)) throw new InvalidToken({ message: `Invalid Token: '${token}'`, $metadata: {} });
  return Number(text.slice('offset:'.length));
};

/**
 * The page that a token asks for; `maxResults` 0 or absent means as many as AWS gives.
 * @throws InvalidToken when the token was not given by this function.
 */
export const pageOf = <Item>(items: readonly Item[], nextToken: string | undefined, maxResults: number | undefined, byDefault = 100): Page<Item> => {
  const from = offsetOf(nextToken);
  const to = from + (maxResults === undefined || maxResults === 0 ? byDefault : Math.min(maxResults, 1000));
  return { items: items.slice(from, to), ...(to < items.length && { nextToken: Buffer.from(`offset:${to}`).toString('base64url') }) };
};

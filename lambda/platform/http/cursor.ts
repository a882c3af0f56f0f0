import * as z from 'zod';
import { InvalidInputError } from '../../domain/shared/errors.ts';
import type { Page, PageRequest } from '../../domain/shared/page.ts';

const cursorSchema = z.strictObject({ v: z.literal(1), after: z.string().min(1).max(300) });

const decoded = (cursor: string): string => {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).after;
  } catch (cause) {
    const message = 'is no cursor of this API: pass `nextCursor` of the page before, unchanged';
    throw new InvalidInputError({ code: 'invalid-cursor', message: `cursor ${message}`, fields: [{ field: 'cursor', message }], cause });
  }
};

/** The part of a list that the query asks for. @throws InvalidInputError */
export const pageRequest = ({ limit, cursor }: { readonly limit: number; readonly cursor?: string }): PageRequest =>
  cursor === undefined ? { limit } : { limit, after: decoded(cursor) };

/** A page as the API answers it, each item by `view`, with an opaque cursor to the next. */
export const pageBody = <Item, Body>({ items, next }: Page<Item>, view: (item: Item) => Body): { items: Body[]; nextCursor: string | null } => ({
  items: items.map(view),
  nextCursor: next === undefined ? null : Buffer.from(JSON.stringify({ v: 1, after: next })).toString('base64url'),
});

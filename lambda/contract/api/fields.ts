import * as z from 'zod';

/** A point in time with its offset; read as UTC with milliseconds, which is how the API answers it. */
export const timeSchema = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-11-23T18:00:00Z' })
  .transform((time) => new Date(time).toISOString());

/** A name for people. */
export const nameSchema = z.string().trim().min(1).max(200);

/** A time as the API answers it. */
export const answeredTimeSchema = z.iso.datetime();

/** Which part of a list is wanted. The cursor is opaque: it comes from `nextCursor` of the page before. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(500).exactOptional(),
});

/** A list as the API answers it; `nextCursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Refuses a change that changes nothing. */
export const changesSomething = (body: object): boolean => Object.keys(body).length > 0;

/** What {@link changesSomething} says. */
export const changesNothing = 'expected at least one field to change';

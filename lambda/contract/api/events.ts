import * as z from 'zod';
import { answeredTimeSchema, changesNothing, changesSomething, nameSchema, pageOf, pageQuerySchema, timeSchema } from './fields.ts';

const venueSchema = z.strictObject({
  name: nameSchema,
  city: nameSchema.exactOptional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'expected two letters of ISO 3166-1 such as CH').exactOptional(),
});

/** Body of createEvent. */
export const createEventBodySchema = z.strictObject({ name: nameSchema, startsAt: timeSchema, endsAt: timeSchema, venue: venueSchema.exactOptional() });

/** Body of updateEvent. */
export const updateEventBodySchema = z
  .strictObject({
    name: nameSchema.exactOptional(),
    startsAt: timeSchema.exactOptional(),
    endsAt: timeSchema.exactOptional(),
    venue: venueSchema.exactOptional(),
  })
  .refine(changesSomething, changesNothing);

/** Query of listEvents; the operator names the account. */
export const listEventsQuerySchema = pageQuerySchema.extend({ accountId: z.string().min(1).max(100).exactOptional() });

/** An event as the API answers it. */
export const eventBodySchema = z.object({
  eventId: z.string(),
  accountId: z.string(),
  name: z.string(),
  startsAt: answeredTimeSchema,
  endsAt: answeredTimeSchema,
  venue: venueSchema.exactOptional(),
  createdAt: answeredTimeSchema,
  updatedAt: answeredTimeSchema,
});

export type EventBody = z.infer<typeof eventBodySchema>;

/** Answer of listEvents. */
export const eventPageSchema = pageOf(eventBodySchema);

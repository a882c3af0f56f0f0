import type * as z from 'zod';
import { eventEnvelopeSchema } from '../contract/media-events.ts';
import { createLogger, type Logger } from './logging.ts';

/** An EventBridge event whose detail has been parsed. */
export interface ReceivedEvent<Detail> {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** ISO 8601; the order of events, which may arrive in another one. */
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Detail;
}

/** A handler of one detail type. */
export interface EventRoute {
  readonly source: string;
  readonly detailType: string;
  handle(event: z.infer<typeof eventEnvelopeSchema>, log: Logger): Promise<void>;
}

/** Parses the detail by its schema and calls `handle`; an event of an unknown shape fails with the fields at fault. */
export const eventRoute = <Detail>(
  { source, detailType }: { readonly source: string; readonly detailType: string },
  schema: z.ZodType<Detail>,
  handle: (event: ReceivedEvent<Detail>, log: Logger) => Promise<void>,
): EventRoute => ({
  source,
  detailType,
  handle: ({ id, time, resources, detail }, log) => handle({ id, source, detailType, time, resources, detail: schema.parse(detail) }, log),
});

/** A function that EventBridge invokes: finds the route by source and detail type, ignores (and says) what has none. */
export const eventHandler =
  (routes: readonly EventRoute[]) =>
  async (payload: unknown): Promise<void> => {
    const event = eventEnvelopeSchema.parse(payload);
    const log = createLogger({ eventId: event.id, source: event.source, detailType: event['detail-type'] });
    const route = routes.find(({ source, detailType }) => source === event.source && detailType === event['detail-type']);
    if (route === undefined) {
      log.warn('no route for this event');
      return;
    }
    await route.handle(event, log);
  };

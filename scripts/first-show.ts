import { accountBodySchema } from '../lambda/contract/api/accounts.ts';
import { breakoutBodySchema, type BreakoutBody } from '../lambda/contract/api/breakouts.ts';
import { eventBodySchema } from '../lambda/contract/api/events.ts';
import type { RestClient } from './demo/rest-client.ts';

/** What a first show is booked with. */
export interface FirstShow {
  /** The platform's operator, who makes accounts. */
  readonly operator: RestClient;
  readonly producer: RestClient;
  /** The producer's subject: becomes the owner of the account. */
  readonly producerSubject: string;
  readonly accountName: string;
  readonly pipelineId: string;
  readonly bookedSeconds: number;
}

/** Books a show that may start now, with an account and an event of its own, over the REST API. */
export const bookFirstShow = async ({ operator, producer, producerSubject, accountName, pipelineId, bookedSeconds }: FirstShow): Promise<BreakoutBody> => {
  accountBodySchema.parse(await operator.post('/accounts', { name: accountName, members: [{ subject: producerSubject, role: 'OWNER' }] }));
  const startsAt = new Date();
  const times = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + bookedSeconds * 1000).toISOString() };
  const event = eventBodySchema.parse(await producer.post('/events', { name: 'Demo Days', venue: { name: 'This machine' }, ...times }));
  return breakoutBodySchema.parse(await producer.post(`/events/${event.eventId}/breakouts`, { title: 'Opening show', pipelineId, wantsMp4: true, ...times }));
};

import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import { priceCorrectionOperations } from '../../../lambda/handlers/http/price-correction-operations.ts';
import { accountOperations } from '../../../lambda/handlers/http/account-operations.ts';
import { breakoutOperations } from '../../../lambda/handlers/http/breakout-operations.ts';
import { eventOperations } from '../../../lambda/handlers/http/event-operations.ts';
import { logOperations } from '../../../lambda/handlers/http/log-operations.ts';
import { monthOperations } from '../../../lambda/handlers/http/month-operations.ts';
import { pipelineOperations } from '../../../lambda/handlers/http/pipeline-operations.ts';
import { priceTermsOperations } from '../../../lambda/handlers/http/price-terms-operations.ts';
import { recordingListOperations } from '../../../lambda/handlers/http/recording-list-operations.ts';
import { type OperationsOf, restHandler } from '../../../lambda/platform/http/rest-handler.ts';
import { aProxyEvent } from './a-proxy-event.ts';
import { memoryAccounts } from './memory-accounts.ts';
import { memoryIdempotency } from './memory-idempotency.ts';
import { showWorld } from './show-world.ts';
import { memoryPriceTerms } from '../usage/memory-price-terms.ts';
import { memoryUsageHistory } from '../usage/memory-usage-history.ts';
import { memoryUsageStore } from '../usage/memory-usage-store.ts';
import { aRecording } from '../usage/a-show.ts';

/** The API's own function on a world in memory. */
export const restApi = () => {
  const world = showWorld();
  const usage = memoryUsageStore();
  const kept: PriceBook[] = [];
  const deps = {
    ...world.deps,
    accounts: memoryAccounts().accounts,
    recordings: { get: async () => undefined, listByAccount: async () => ({ items: [aRecording()] }), listByEvent: async () => ({ items: [], next: 'after' }) },
    usage,
    history: memoryUsageHistory(usage.moves),
    books: { latest: async () => undefined, inForce: async () => undefined, get: async (_region: string, bookId: string) => kept.find((book) => book.bookId === bookId) },
    terms: memoryPriceTerms(),
    pricedRegion: 'us-east-1',
  };
  const handler = restHandler<OperationsOf<'api'>>(() => ({
    idempotency: memoryIdempotency(world.deps.now),
    operations: { ...accountOperations(deps), ...eventOperations(deps), ...breakoutOperations(deps), ...pipelineOperations(deps), ...logOperations(deps), ...recordingListOperations(deps), ...monthOperations(deps), ...priceTermsOperations(deps), ...priceCorrectionOperations(deps) },
  }));
  const call = async (request: Parameters<typeof aProxyEvent>[0]) => {
    const response = await handler(aProxyEvent(request));
    return { ...response, json: JSON.parse(response.body) };
  };
  return { call, world, usage, books: kept };
};

/** An event as it is asked for. */
export const eventBody = { name: 'Conference', startsAt: '2026-11-23T09:00:00+01:00', endsAt: '2026-11-23T20:00:00Z', venue: { name: 'Hall', country: 'CH' } };
/** A breakout of it, likewise. */
export const breakoutBody = { title: 'Opening', pipelineId: 'pl_main', startsAt: '2026-11-23T10:00:00Z', endsAt: '2026-11-23T11:00:00Z' };

/** The API with an event and a breakout. */
export const plannedShow = async () => {
  const { call, world, usage, books } = restApi();
  const event = await call({ method: 'POST', resource: '/events', body: eventBody });
  const params = { eventId: event.json.eventId };
  const breakout = await call({ method: 'POST', resource: '/events/{eventId}/breakouts', params, body: breakoutBody });
  return { call, world, usage, books, event, breakout, params };
};

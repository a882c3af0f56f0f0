import { createHash } from 'node:crypto';
import { ConflictError, InvalidInputError } from '../../domain/shared/errors.ts';
import type { IdempotencyStore, IdempotentRequest } from '../../domain/shared/idempotency.ts';
import type { Logger } from '../logging.ts';
import { bodyText, headersOf, type ProxyEvent } from './request.ts';
import type { ApiResponse } from './response.ts';

const keyPattern = /^[\x21-\x7e]{1,200}$/;

const fingerprintOf = (event: ProxyEvent): string =>
  createHash('sha256').update(JSON.stringify([event.httpMethod, event.path, bodyText(event) ?? ''])).digest('hex');

/** The request that the client gave a key to, if it did. @throws InvalidInputError */
const idempotentRequestOf = (event: ProxyEvent): IdempotentRequest | undefined => {
  const key = headersOf(event)['idempotency-key'];
  if (key === undefined) return undefined;
  if (keyPattern.test(key)) return { accountId: event.requestContext.authorizer.accountId, key, fingerprint: fingerprintOf(event) };
  const message = 'expected 1 to 200 visible ASCII characters, such as a UUID';
  throw new InvalidInputError({ code: 'invalid-idempotency-key', message: `Idempotency-Key: ${message}`, fields: [{ field: 'Idempotency-Key', message }] });
};

const reused = (key: string): ConflictError =>
  new ConflictError({ code: 'idempotency-key-reused', message: `Idempotency-Key ${key} was used for another request in the last 24 hours: use a new key for a new request` });

const inProgress = (key: string): ConflictError =>
  new ConflictError({ code: 'request-in-progress', message: `the request with Idempotency-Key ${key} is still being carried out: ask again in a moment` });

/** What became of the request matters more than what is remembered of it: a failure to remember is logged, not answered. */
const remember = async (log: Logger, write: Promise<void>): Promise<void> => {
  try {
    await write;
  } catch (error) {
    log.warn('an Idempotency-Key could not be written; for a minute its repetition is refused', { error });
  }
};

const carryOut = async (store: IdempotencyStore, request: IdempotentRequest, log: Logger, perform: () => Promise<ApiResponse>): Promise<ApiResponse> => {
  let response: ApiResponse;
  try {
    response = await perform();
  } catch (error) {
    await remember(log, store.abandon(request));
    throw error;
  }
  const { statusCode, headers, body } = response;
  await remember(log, store.complete(request, { status: statusCode, headers, body }));
  return response;
};

/**
 * Performs a write once per Idempotency-Key: repeated within 24 hours it is answered as the first time, with
 * `Idempotency-Replayed: true`. Writes that were refused are not remembered.
 * @throws InvalidInputError, ConflictError `idempotency-key-reused`, `request-in-progress`
 */
export const idempotently = async (store: IdempotencyStore, event: ProxyEvent, log: Logger, perform: () => Promise<ApiResponse>): Promise<ApiResponse> => {
  const request = idempotentRequestOf(event);
  if (request === undefined) return perform();
  const claim = await store.claim(request);
  switch (claim.outcome) {
    case 'STARTED':
      return carryOut(store, request, log, perform);
    case 'IN_PROGRESS':
      throw inProgress(request.key);
    case 'OTHER_REQUEST':
      throw reused(request.key);
    case 'COMPLETED': {
      const { status, headers, body } = claim.response;
      return { statusCode: status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, body };
    }
  }
};

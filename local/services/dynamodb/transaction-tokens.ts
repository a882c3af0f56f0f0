import { createHash } from 'node:crypto';
import { modelledFault, validationFault } from './dynamodb-fault.ts';
import type { Members } from './engine.ts';
import type { TableWorld } from './table-world.ts';
import { transactWrite } from './transact-write.ts';

/** A token is good for ten minutes after its transaction: TransactWriteItems, ClientRequestToken. */
const tokenMilliseconds = 10 * 60_000;

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, member]) => [name, canonical(member)]);
};

const fingerprintOf = (input: Members): string => createHash('sha256').update(JSON.stringify(canonical(input['TransactItems']))).digest('base64');

const forgetOld = ({ doneTransactions, clock }: TableWorld): void => {
  for (const [token, { doneAt }] of [...doneTransactions.entries()]) {
    if (clock.now() - doneAt < tokenMilliseconds) return;
    doneTransactions.delete(token);
  }
};

const readToken = (input: Members): string | undefined => {
  const token = input['ClientRequestToken'];
  if (token === undefined) return undefined;
  if (typeof token === 'string' && token.length >= 1 && token.length <= 36) return token;
  throw validationFault("1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: Member must be a string of 1 to 36 characters");
};

/** TransactWriteItems: a second call with the token of one that was done does nothing, and is refused when it asks for something else. */
export const transactWriteOnce = (inFlight: Map<string, string>) => async (world: TableWorld, input: Members): Promise<Members> => {
  const token = readToken(input);
  if (token === undefined) return transactWrite(world, input);
  forgetOld(world);
  const fingerprint = fingerprintOf(input);
  const done = world.doneTransactions.get(token);
  const known = done?.fingerprint ?? inFlight.get(token);
  if (known !== undefined && known !== fingerprint) {
    throw modelledFault('IdempotentParameterMismatchException', 'The request uses the same client token as a previous, but non-identical request');
  }
  if (done) return {};
  if (inFlight.has(token)) throw modelledFault('TransactionInProgressException', 'Transaction token is already in use for a transaction in progress');
  inFlight.set(token, fingerprint);
  try {
    const answer = await transactWrite(world, input);
    world.doneTransactions.put(token, { fingerprint, doneAt: world.clock.now() });
    return answer;
  } finally {
    inFlight.delete(token);
  }
};

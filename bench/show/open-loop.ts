import { setTimeout as sleep } from 'node:timers/promises';

/** How one request of a load went. */
export interface Arrival {
  /** From the moment at which it was due, not from the one at which it was sent: waiting counts. */
  readonly latencyMilliseconds: number;
  readonly sentLateMilliseconds: number;
  readonly isAnswered: boolean;
}

/** Requests at fixed moments, however long the answers of others take. */
export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Sends the request with this number; fails when the answer is no success. */
  readonly send: (number: number) => Promise<unknown>;
}

/** Sends every request when it is due and answers when the last one has come back. */
export const openLoop = async ({ perSecond, seconds, signal, send }: OpenLoop): Promise<readonly Arrival[]> => {
  const began = performance.now();
  const arrivals: Promise<Arrival>[] = [];
  const arrive = async (number: number, dueAt: number): Promise<Arrival> => {
    const sentLateMilliseconds = performance.now() - dueAt;
    const isAnswered = await send(number).then(() => true, () => false);
    return { latencyMilliseconds: performance.now() - dueAt, sentLateMilliseconds, isAnswered };
  };
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const dueAt = began + (number * 1000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0) await sleep(early, undefined, { signal });
    arrivals.push(arrive(number, dueAt));
  }
  return Promise.all(arrivals);
};

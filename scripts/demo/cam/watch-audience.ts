import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { breakoutAudienceSchema } from '../../../lambda/contract/api/audience.ts';
import type { RestClient } from '../rest-client.ts';
import { waitUntil } from '../wait-until.ts';

/** Who watches a show, as the platform tells while it is on. */
export type ShownAudience = z.infer<typeof breakoutAudienceSchema>;

/** Reads the audience of a show that is on, again and again. */
export interface AudienceWatch {
  /** Ends it when there has been a count, and answers the reading that counted most viewers. @throws Error when IVS's count did not come in time */
  end(): Promise<ShownAudience>;
  /** Ends it at once. */
  leave(): Promise<void>;
}

const pollMilliseconds = 3_000;
// A count is of a whole minute, and comes when that is over.
const countSeconds = 80;

const viewersOf = (audience: ShownAudience | undefined): number => audience?.now?.viewers.value ?? -1;

/** Begins to read who watches a Cam show: that is told while it is on, and in its tail, and not later. */
export const watchAudience = (producer: Pick<RestClient, 'get'>, breakoutId: string, signal: AbortSignal): AudienceWatch => {
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  let most: ShownAudience | undefined;
  const watch = async (): Promise<void> => {
    while (!ends.aborted) {
      const audience = breakoutAudienceSchema.parse(await producer.get(`/breakouts/${breakoutId}/audience`));
      if (viewersOf(audience) > viewersOf(most)) most = audience;
      await sleep(pollMilliseconds, undefined, { signal: ends }).catch(() => undefined);
    }
  };
  const watched = watch();
  // Told by `end`; until then nobody waits for it.
  watched.catch(() => undefined);
  const counted = (): Promise<ShownAudience> => waitUntil({ what: 'IVS counting viewers', timeoutSeconds: countSeconds, signal: ends }, async () => most);
  return {
    async end() {
      try {
        await Promise.race([counted(), watched]);
        if (most === undefined) throw new Error('the audience was not watched to its end');
        return most;
      } finally {
        over.abort();
      }
    },
    async leave() {
      over.abort();
      await watched.catch(() => undefined);
    },
  };
};

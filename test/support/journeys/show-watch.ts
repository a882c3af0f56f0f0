import { healthBodySchema, type HealthBody } from '../../../lambda/contract/api/health.ts';
import { type LogEntryBody, logPageSchema } from '../../../lambda/contract/api/log.ts';
import { bodyOf, type ApiClient } from './api-client.ts';
import { answerOnce } from './plans.ts';

/** Looks at one show. */
export interface ShowWatch {
  health(): Promise<HealthBody>;
  /** Waits until the show is as wanted. */
  healthOnce(what: string, isWanted: (now: HealthBody) => boolean): Promise<HealthBody>;
  /** The show's entries, the oldest first; `query` narrows them: `&type=SHOW`. */
  entries(query?: string): Promise<readonly LogEntryBody[]>;
  /** The same as words: `INPUT LOST primary`. */
  logged(query?: string): Promise<readonly string[]>;
  /** Waits for an entry. */
  loggedOnce(entry: string, timeoutSeconds?: number): Promise<readonly string[]>;
}

const wordsOf = ({ type, name, input }: LogEntryBody): string => [type, name, ...(input === undefined ? [] : [input])].join(' ');

/** Looks at a show as this caller. */
export const watchShow = (client: ApiClient, breakoutId: string): ShowWatch => {
  const health = async (): Promise<HealthBody> => bodyOf(await client.get(`/breakouts/${breakoutId}/health`), 200, healthBodySchema);
  const entries = async (query = ''): Promise<readonly LogEntryBody[]> =>
    bodyOf(await client.get(`/breakouts/${breakoutId}/log?limit=100${query}`), 200, logPageSchema).items;
  const logged = async (query?: string): Promise<readonly string[]> => (await entries(query)).map(wordsOf);
  return {
    ...{ health, entries, logged },
    healthOnce: (what, isWanted) =>
      answerOnce(what, 60, async () => {
        const now = await health();
        return isWanted(now) ? now : undefined;
      }),
    loggedOnce: (entry, timeoutSeconds = 60) =>
      answerOnce(`the entry ${entry}`, timeoutSeconds, async () => {
        const found = await logged();
        return found.includes(entry) ? found : undefined;
      }),
  };
};

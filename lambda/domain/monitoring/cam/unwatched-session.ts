import type { KeptSession } from '../../breakouts/cam/keep-sessions.ts';
import { listingSeconds } from '../../breakouts/cam/session-news.ts';
import { secondsAfter } from '../../shared/time.ts';
import { neverLive, type StreamFact } from './stream-facts.ts';

/** What says why viewers could not watch it. */
const explaining: readonly string[] = ['Stream Failure', 'Ingest Bitrate', 'Ingest Resolution', 'Concurrent Broadcasts'];

/** That viewers could never watch a stream that has ended, where the service tells no reason; undefined = they could, or it is too early to tell. `at`: now. */
export const unwatchedFact = ({ session: { streamId, endedAt, isNeverLive }, events }: KeptSession, at: string): StreamFact | undefined => {
  if (endedAt === undefined || isNeverLive !== true || at < secondsAfter(endedAt, listingSeconds)) return undefined;
  if (events.some(({ name }) => explaining.includes(name))) return undefined;
  const code = events.find(({ name }) => name === 'Session Ended')?.code;
  return { streamId, name: neverLive, type: 'IVS Stream State Change', at: endedAt, ...(code === undefined ? {} : { code }) };
};

import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { type StreamSession, type StreamSessionStore, withSession } from '../../domain/breakouts/cam/stream-session.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { type ItemCodec, itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

interface StoredSession {
  readonly session: StreamSession;
  readonly revision: number;
}

const sessionSchema: z.ZodType<StreamSession> = z.object({
  breakoutId: z.string(),
  attempt: z.int().positive(),
  pipelineId: z.string(),
  channelArn: z.string(),
  streamId: z.string(),
  startedAt: z.string(),
  endedAt: z.string().exactOptional(),
  hasErrors: z.boolean(),
  source: z.object({ widthPixels: z.number(), heightPixels: z.number(), framesPerSecond: z.number(), bitsPerSecond: z.number(), codec: z.string() }).exactOptional(),
  isUnrecorded: z.literal(true).exactOptional(),
  isNeverLive: z.literal(true).exactOptional(),
  readAt: z.string().exactOptional(),
  isSettled: z.literal(true).exactOptional(),
});

const codec: ItemCodec<StoredSession> = itemCodec('StreamSession', 1, z.object({ session: sessionSchema, revision: z.int().positive() }));

const maximumTries = 8;

/** Stream sessions in the one table: `dynamodb:GetItem`, `PutItem`, `Query`. */
export const dynamoDbStreamSessionStore = (table: Table): StreamSessionStore => ({
  async list(breakoutId) {
    const items = await table.query({ partition: itemKey.breakout(breakoutId).PK, prefix: 'SESSION#' });
    const sessions = items.map((item) => codec.decode(item).session);
    return sessions.sort((one, other) => one.attempt - other.attempt || one.startedAt.localeCompare(other.startedAt));
  },
  async keep(session) {
    const { breakoutId, attempt, streamId } = session;
    const key = itemKey.streamSession(breakoutId, attempt, streamId);
    for (let tries = 0; tries < maximumTries; tries += 1) {
      const item = await table.get(key);
      const known = item === undefined ? undefined : codec.decode(item);
      const next = withSession(known?.session, session);
      const put = { ...codec.encode({ session: next, revision: (known?.revision ?? 0) + 1 }), ...key };
      if (await attempted(table.put(put, known === undefined ? isAbsent : equals('revision', known.revision)))) return next;
    }
    throw new UnavailableError({ code: 'session-contended', message: `session ${streamId} of ${breakoutId} was changed by others ${maximumTries} times: try again` });
  },
});

import { wholeSecond } from '../../shared/time.ts';
import type { CamRun } from './cam-run.ts';

/** What an encoder sent, as the service read it. */
export interface SessionSource {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  readonly codec: string;
}

/**
 * One stream to a Cam pipeline, from its encoder's connection to its end, as the service lists it. What the streaming
 * time of a Cam show is measured from. An encoder that comes back has another session; its recording may go on.
 */
export interface StreamSession {
  readonly breakoutId: string;
  readonly attempt: number;
  readonly pipelineId: string;
  readonly channelArn: string;
  /** The service's own: `st-1A2b3c4D5e6F7g8H9i`. */
  readonly streamId: string;
  /** ISO 8601 UTC with milliseconds, as the service says. */
  readonly startedAt: string;
  /** Absent while it goes on. */
  readonly endedAt?: string;
  /** Whether the service noted an error in it. */
  readonly hasErrors: boolean;
  /** Absent = its first picture has not come, or the service does not tell. */
  readonly source?: SessionSource;
  /** The service said that it could not begin to record it: there is nothing of it. Absent = it is recorded, or nothing is known. */
  readonly isUnrecorded?: true;
  /** It has ended, and viewers could never watch it: it was refused for what it sent. Absent = they could, or it is not known yet. */
  readonly isNeverLive?: true;
  /** When the service was last asked what happened in it, and all of that was noted. Absent = never yet. */
  readonly readAt?: string;
  /** All is known of it. Absent = there may be more. */
  readonly isSettled?: true;
}

/** Whether a stream that began then is the show's: one that was there before the pipeline was armed is not. The service may tell whole seconds. */
export const isOfRun = ({ requestedAt }: Pick<CamRun, 'requestedAt'>, startedAt: string): boolean => startedAt >= wholeSecond(requestedAt);

/** Whether viewers could watch a session, as far as is known: one that is not known to have been refused counts as one. */
export const couldBeWatched = ({ isNeverLive }: Pick<StreamSession, 'isNeverLive'>): boolean => isNeverLive !== true;

/** What is known of a session, with what the service says of it now: it forgets nothing that it said before. */
export const withSession = (known: StreamSession | undefined, seen: StreamSession): StreamSession => {
  if (known === undefined) return seen;
  const { endedAt = known.endedAt, source = known.source, isUnrecorded = known.isUnrecorded, isSettled = known.isSettled, hasErrors, ...rest } = seen;
  const readAt = [known.readAt, seen.readAt].filter((time) => time !== undefined).toSorted().at(-1);
  return {
    ...rest,
    hasErrors: hasErrors || known.hasErrors,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(source === undefined ? {} : { source }),
    ...(isUnrecorded === undefined ? {} : { isUnrecorded }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(isSettled === undefined ? {} : { isSettled }),
  };
};

/** Keeps the stream sessions of shows. All writes may be repeated. */
export interface StreamSessionStore {
  /** Of a breakout, by attempt and start. */
  list(breakoutId: string): Promise<readonly StreamSession[]>;
  /** Keeps what the service says of a session, by the rules of `withSession`, and answers what is known now. */
  keep(session: StreamSession): Promise<StreamSession>;
}

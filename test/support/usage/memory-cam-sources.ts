import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { ListedCamSources } from '../../../lambda/domain/usage/cam/listed-sessions.ts';
import { memoryIvs } from '../shows/memory-ivs.ts';
import { memoryStreamSessions } from '../shows/memory-stream-sessions.ts';

/** What is known of a show on a Cam pipeline; of none unless told. */
interface KnownOfShow {
  readonly runs?: readonly CamRun[];
  readonly sessions?: readonly StreamSession[];
  readonly countries?: readonly string[];
  /** What the service lists: nothing unless told. */
  readonly streams?: ListedCamSources['streams'];
}

/** What is known of a show on a Cam pipeline, and what the service lists of it, which can be kept. */
export const memoryCamSources = (known: KnownOfShow = {}): ListedCamSources => {
  const kept = memoryStreamSessions();
  const list = async (breakoutId: string): Promise<readonly StreamSession[]> => {
    const later = await kept.list(breakoutId);
    return [...(known.sessions ?? []).filter(({ streamId }) => !later.some((session) => session.streamId === streamId)), ...later];
  };
  return {
    runs: { list: async () => known.runs ?? [], get: async (_breakoutId, attempt) => known.runs?.find((run) => run.attempt === attempt) },
    sessions: {
      list,
      async keep(session) {
        const before = (await list(session.breakoutId)).find(({ streamId }) => streamId === session.streamId);
        if (before !== undefined) await kept.keep(before);
        return kept.keep(session);
      },
    },
    streams: known.streams ?? memoryIvs(() => 0).streams,
    viewerCountries: { ofChannel: async () => known.countries ?? [] },
  };
};

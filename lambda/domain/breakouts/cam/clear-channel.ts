import type { CamControl, ListedSession, StreamWatch } from '../../pipelines/cam-control.ts';
import { camTailSeconds, type CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { connectingSeconds } from '../../pipelines/pipeline-power.ts';
import { type Now, secondsAfter, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { NoteShowDeps } from '../show/note-show.ts';

/** What clearing a Cam channel needs. */
export interface ClearCamChannelDeps extends NoteShowDeps {
  readonly cams: Pick<CamControl, 'deleteKey' | 'stopStream'>;
  readonly streams: Pick<StreamWatch, 'now' | 'latest'>;
  readonly now: Now;
}

/** Whether a show can have a channel. TAKEN: somebody streams to it, or connects; SETTLING: the recording of who did may go on with the next stream. */
export type CamClearance = 'FREE' | 'SETTLING' | 'TAKEN';

/** Notes that an encoder was put out which is not the show's, once for each of its streams. */
export const noteStranger = async ({ log, now }: Pick<ClearCamChannelDeps, 'log' | 'now'>, show: Pick<Breakout, 'breakoutId' | 'accountId' | 'attempt'>, streamId: string, message: string): Promise<void> => {
  const { breakoutId, accountId, attempt } = show;
  await log.note({ breakoutId, accountId, attempt, id: `REFUSED-${attempt}-${streamId}`, type: 'INPUT', name: 'REFUSED', at: timestamp(now()), message });
};

/** Who streams now, or has just connected and is not live yet. */
const strangerOf = async ({ streams, now }: ClearCamChannelDeps, channelArn: string, latest: ListedSession | undefined) => {
  const live = await streams.now(channelArn);
  if (live !== undefined || latest === undefined) return live;
  const isConnecting = latest.endedAt === undefined && timestamp(now()) < secondsAfter(latest.startedAt, connectingSeconds);
  return isConnecting ? latest : undefined;
};

/** A stream within the reconnect window goes on with the recording before it, which may be a stranger's. One whose end is never told ended when it was last put out. */
const hasSettled = (latest: ListedSession | undefined, { startRequestedAt, updatedAt }: Breakout, pipeline: CamPipeline, at: string): boolean => {
  if (latest === undefined) return true;
  const endedAt = latest.endedAt ?? secondsAfter(startRequestedAt ?? updatedAt, connectingSeconds);
  return at >= secondsAfter(endedAt, camTailSeconds(pipeline));
};

/**
 * Makes room for a show: whatever stream key there was is void, and who streams already is disconnected, for his stream
 * is not the show. Answers whether the channel is free. Repeatable until the channel is armed. @throws UnavailableError
 */
export const clearCamChannel = async (deps: ClearCamChannelDeps, breakout: Breakout, pipeline: CamPipeline): Promise<CamClearance> => {
  const { channelArn } = pipeline.channel;
  await deps.cams.deleteKey(channelArn);
  const latest = await deps.streams.latest(channelArn);
  const stranger = await strangerOf(deps, channelArn, latest);
  // IVS may know of an encoder that connects before it tells.
  await deps.cams.stopStream(channelArn);
  if (stranger === undefined) return hasSettled(latest, breakout, pipeline, timestamp(deps.now())) ? 'FREE' : 'SETTLING';
  const message =
    `an encoder streamed to the pipeline since ${stranger.startedAt}, before the show: its stream is not the show's and was disconnected; ` +
    `the show is armed ${camTailSeconds(pipeline)} s after its end, or would go on with its recording`;
  await noteStranger(deps, breakout, stranger.streamId, message);
  return 'TAKEN';
};

import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { findHeldChannel, type HeldChannelDeps } from '../held-channel.ts';
import { settleStreams, type SettleStreamsDeps } from './settle-streams.ts';
import type { StreamFact } from './stream-facts.ts';

/** What hearing of streams needs. */
export interface HearStreamDeps extends SettleStreamsDeps, HeldChannelDeps<CamPipeline> {}

/** What became of an event: `known` = it was told before, says nothing that a log keeps, or is of a stream that is not the show's. */
export type StreamHearing = 'noted' | 'known' | 'unknown-channel' | 'held-by-nobody';

/**
 * Hears of a stream to a Cam pipeline: the show that had it then has its sessions looked up, for events come late, twice
 * or never, and what is told is noted. Repeatable. @throws UnavailableError
 */
export const hearStream =
  (deps: HearStreamDeps) =>
  async (channelArn: string, fact: StreamFact): Promise<StreamHearing> => {
    const held = await findHeldChannel(deps)(({ channel }) => channel.channelArn === channelArn, fact.at);
    if (typeof held === 'string') return held;
    return (await settleStreams(deps)(held.hold, fact)) ? 'noted' : 'known';
  };

import type { Breakout } from '../../breakouts/breakout.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { ConflictError } from '../../shared/errors.ts';
import { invalidFields } from '../../shared/interval.ts';
import { curtainOf } from '../curtain.ts';
import type { FormatUrl } from '../format-urls.ts';
import type { TokenBinding } from '../viewer-tokens.ts';
import { attendeesOf, type CamGrant, type CamTokens, type CamViewers, previewersOf } from './cam-tokens.ts';

/**
 * How long a token is good at most. IVS takes ten minutes of tokens that name a viewer, by its own clock, which may be a little slow.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html
 */
export const longestCamTokenSeconds = 590;

/**
 * The version of a breakout's tokens: it rises with every start and with every fall of the curtain. A token carries the
 * version of when the curtain was seen up, so that one that is made while the curtain falls is revoked as well.
 */
export const viewersVersion = ({ attempt, curtainFalls = 0 }: Pick<Breakout, 'attempt' | 'curtainFalls'>): number => attempt + curtainFalls;

/** The version of the tokens of a breakout's previews: it rises with every start and each time that previews are ended, and the curtain leaves it alone. */
export const previewersVersion = ({ attempt, previewRevocations = 0 }: Pick<Breakout, 'attempt' | 'previewRevocations'>): number => attempt + previewRevocations;

/** The URL of a channel's HLS, with a token where the channel is private. @throws UnavailableError */
export const camUrls = async ({ camTokens }: { readonly camTokens: CamTokens }, { channel }: CamPipeline, grant: Omit<CamGrant, 'channelArn'>): Promise<readonly FormatUrl[]> => {
  if (!channel.isPrivate) return [{ format: 'HLS', url: channel.playbackUrl }];
  const url = new URL(channel.playbackUrl);
  url.searchParams.set('token', await camTokens.issue({ ...grant, channelArn: channel.channelArn }));
  return [{ format: 'HLS', url: url.href }];
};

/**
 * Refuses a show that does not have its channel: the token is the channel's, and would open another show. One that is STARTING may give
 * its channel back without a word to viewers. @throws ConflictError `show-not-on`
 */
export const requireOnAir = ({ breakoutId, status }: Breakout): void => {
  if (status === 'RUNNING') return;
  throw new ConflictError({ code: 'show-not-on', message: `breakout ${breakoutId} is ${status}, expected RUNNING: on a Cam pipeline access is given while the show is on`, details: { status } });
};

/** Refuses attendees while they may not watch. @throws ConflictError `curtain-down` */
export const requireCurtainUp = (breakout: Breakout): void => {
  if (curtainOf(breakout) === 'UP') return;
  throw new ConflictError({ code: 'curtain-down', message: `the curtain of breakout ${breakout.breakoutId} is DOWN, expected UP: raise it, or ask for a preview`, details: { curtain: 'DOWN' } });
};

/** Refuses a binding, which IVS's tokens have none of. @throws InvalidInputError `not-on-cam` */
export const requireUnbound = (boundTo: TokenBinding | undefined): void => {
  if (boundTo !== undefined) throw invalidFields('not-on-cam', [{ field: '/boundTo', message: 'is not possible on a Cam pipeline, whose tokens are good wherever they are: leave it out' }]);
};

/** Channels that everyone may play have no tokens to end: IVS's call is for private channels (https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StartViewerSessionRevocation.html). */
interface EndPlaybackDeps {
  readonly camViewers: CamViewers;
}

/** While the curtain is down: puts out whoever was let in before it fell; tokens that are made when it is up again are of a later version. Repeatable. @throws UnavailableError */
export const putOutAttendees = async ({ camViewers }: EndPlaybackDeps, { channel }: CamPipeline, drawn: Breakout): Promise<void> => {
  if (channel.isPrivate && curtainOf(drawn) === 'DOWN' && drawn.attempt > 0) await camViewers.revoke(channel.channelArn, attendeesOf(drawn.breakoutId), viewersVersion(drawn) - 1);
};

/** Puts out whoever was given a preview before they were ended; those that are given from then on are of a later version. Repeatable. @throws UnavailableError */
export const putOutPreviewers = async ({ camViewers }: EndPlaybackDeps, { channel }: CamPipeline, revoked: Breakout): Promise<void> => {
  if (channel.isPrivate) await camViewers.revoke(channel.channelArn, previewersOf(revoked.breakoutId), previewersVersion(revoked) - 1);
};

/** Ends all tokens of a show, which open its channel also for the show that has it next. Repeatable. @throws UnavailableError */
export const endCamTokens = async ({ camViewers }: EndPlaybackDeps, { channel }: CamPipeline, breakout: Pick<Breakout, 'attempt' | 'breakoutId' | 'curtainFalls' | 'previewRevocations'>): Promise<void> => {
  if (!channel.isPrivate) return;
  const { breakoutId } = breakout;
  await camViewers.revoke(channel.channelArn, attendeesOf(breakoutId), viewersVersion(breakout));
  await camViewers.revoke(channel.channelArn, previewersOf(breakoutId), previewersVersion(breakout));
};

import type { Breakout } from '../../breakouts/breakout.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { ConflictError } from '../../shared/errors.ts';
import { invalidFields } from '../../shared/interval.ts';
import { curtainOf } from '../curtain.ts';
import type { FormatUrl } from '../format-urls.ts';
import type { TokenBinding } from '../viewer-tokens.ts';
import type { CamGrant, CamTokens } from './cam-tokens.ts';

/** IVS takes tokens that name a viewer for so long at most. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html */
export const longestCamTokenSeconds = 600;

/**
 * The version of a breakout's tokens: it rises with every start and with every fall of the curtain. A token carries the
 * version of when the curtain was seen up, so that one that is made while the curtain falls is revoked as well.
 */
export const viewersVersion = ({ attempt, curtainFalls = 0 }: Pick<Breakout, 'attempt' | 'curtainFalls'>): number => attempt + curtainFalls;

/** The URL of a channel's HLS, with a token where the channel is private. @throws UnavailableError */
export const camUrls = async ({ camTokens }: { readonly camTokens: CamTokens }, { channel }: CamPipeline, grant: Omit<CamGrant, 'channelArn'>): Promise<readonly FormatUrl[]> => {
  if (!channel.isPrivate) return [{ format: 'HLS', url: channel.playbackUrl }];
  const url = new URL(channel.playbackUrl);
  url.searchParams.set('token', await camTokens.issue({ ...grant, channelArn: channel.channelArn }));
  return [{ format: 'HLS', url: url.href }];
};

/** Refuses a show that does not have its channel: the token is the channel's, and would open another show. @throws ConflictError `show-not-on` */
export const requireOnAir = ({ breakoutId, status }: Breakout): void => {
  if (status === 'STARTING' || status === 'RUNNING') return;
  throw new ConflictError({ code: 'show-not-on', message: `breakout ${breakoutId} is ${status}, expected STARTING or RUNNING: on a Cam pipeline access is given while the show is on`, details: { status } });
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

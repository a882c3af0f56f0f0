import type { CamGrant, CamTokens, CamViewers } from '../../../lambda/domain/playback/cam/cam-tokens.ts';

// https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StartViewerSessionRevocation.html
const longestViewerId = 40;

/** IVS as far as viewers go: tokens by number, and who was put out up to which version. */
export const memoryCamViewers = () => {
  const grants: CamGrant[] = [];
  const revoked = new Map<string, number>();
  const nameOf = (channelArn: string, viewerId: string): string => `${channelArn} ${viewerId}`;
  const camTokens: CamTokens = { issue: async (grant) => `cam${grants.push(grant) - 1}` };
  const camViewers: CamViewers = {
    async revoke(channelArn, viewerId, version) {
      if (viewerId.length > longestViewerId) throw new RangeError(`viewer id ${viewerId} has ${viewerId.length} characters, expected at most ${longestViewerId}`);
      const name = nameOf(channelArn, viewerId);
      revoked.set(name, Math.max(version, revoked.get(name) ?? 0));
    },
  };
  /** Whether the token in a URL still opens its channel, its expiry aside. */
  const isGood = (url: string): boolean => {
    const grant = grants[Number(new URL(url).searchParams.get('token')?.replace('cam', ''))];
    return grant !== undefined && grant.viewerId.length <= longestViewerId && grant.version > (revoked.get(nameOf(grant.channelArn, grant.viewerId)) ?? -1);
  };
  return { camTokens, camViewers, grants, revoked, isGood };
};

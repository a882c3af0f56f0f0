import type { ViewerGrant, ViewerTokens } from '../../../lambda/domain/playback/viewer-tokens.ts';

/** Tokens by number, as good as their grants. */
export const memoryTokens = (now: () => number) => {
  const grants: ViewerGrant[] = [];
  const tokens: ViewerTokens = {
    issue: async (grant) => `token${grants.push(grant) - 1}`,
    async read(token, subject, boundTo) {
      const grant = grants[Number(token.replace('token', ''))];
      const isGood = grant?.subject === subject && grant.expiresAt * 1000 > now() && JSON.stringify(grant.boundTo) === JSON.stringify(boundTo);
      return isGood ? grant : undefined;
    },
  };
  return { tokens, grants };
};

/** Sessions that name account and viewer in clear, with devices by number. */
export const memorySessions = () => {
  let devices = 0;
  return {
    viewerOf: async (accountId: string, viewerId: string) => `${accountId.slice(0, 8)}${viewerId}          `.slice(0, 10),
    newViewer: () => `anonymous${++devices}`.slice(-10),
    newDevice: () => `dev${String(++devices).padStart(3, '0')}`,
  };
};

import { type IvsClient, ResourceNotFoundException, StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import type { CamViewers } from '../../domain/playback/cam/cam-tokens.ts';
import { calling } from '../service-faults.ts';

/** Revokes viewers' sessions: `ivs:StartViewerSessionRevocation` on the channels. A channel that is no more has no viewers. */
export const ivsCamViewers = (client: IvsClient): CamViewers => ({
  revoke: async (channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo) => {
    try {
      await calling('ivs', () => client.send(new StartViewerSessionRevocationCommand({ channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo })));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  },
});

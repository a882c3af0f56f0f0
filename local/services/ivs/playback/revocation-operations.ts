import type * as sdk from '@aws-sdk/client-ivs';
import type { Operations } from '../../../gateway/define-service.ts';
import { idOf } from '../arns.ts';
import { onChannel, resourceOf, type ControlPlane } from '../control-plane.ts';
import { invalid } from '../faults.ts';
import { revocationKey } from './viewer-revocations.ts';

/** https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_BatchStartViewerSessionRevocation.html */
const mostSessions = 20;
const longestViewerId = 40;

interface ViewerSession {
  readonly channelArn: string;
  readonly viewerId: string;
  readonly viewerSessionVersionsLessThanOrEqualTo?: number | undefined;
}

/** Operations that revoke the sessions of viewers, up to a version: version 0 alone when none is named. */
export const revocationOperations = ({ records }: ControlPlane): Operations<typeof sdk> => {
  const revoke = ({ channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0 }: ViewerSession): void => {
    const { id } = resourceOf(records.channels, 'channel', channelArn);
    if (viewerId.length < 1 || viewerId.length > longestViewerId) throw invalid(`viewerId has ${viewerId.length} characters, expected 1 to ${longestViewerId}`);
    if (version < 0) throw invalid(`viewerSessionVersionsLessThanOrEqualTo ${version}: expected 0 or more`);
    const key = revocationKey(id, viewerId);
    const before = records.revocations.get(key)?.version ?? 0;
    records.revocations.put(key, { channelId: id, viewerId, version: Math.max(version, before) });
  };

  return {
    StartViewerSessionRevocation: {
      permissions: onChannel('StartViewerSessionRevocation'),
      handle: (input) => {
        revoke(input);
        return {};
      },
    },
    BatchStartViewerSessionRevocation: {
      permissions: ({ viewerSessions }) => [{ action: 'ivs:BatchStartViewerSessionRevocation', resources: viewerSessions.map(({ channelArn }) => channelArn) }],
      handle: ({ viewerSessions }) => {
        if (viewerSessions.length < 1 || viewerSessions.length > mostSessions) throw invalid(`viewerSessions has ${viewerSessions.length} entries, expected 1 to ${mostSessions}`);
        const isThere = ({ channelArn }: ViewerSession): boolean => records.channels.get(idOf(channelArn)) !== undefined;
        for (const session of viewerSessions.filter(isThere)) revoke(session);
        const errors = viewerSessions.filter((session) => !isThere(session)).map(({ channelArn, viewerId }) => ({ channelArn, viewerId, code: 'ResourceNotFoundException', message: `Resource: ${channelArn} not found` }));
        return { errors };
      },
    },
  };
};

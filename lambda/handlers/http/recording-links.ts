import { signedViewerTokens } from '../../adapters/secretsmanager/viewer-signing.ts';
import { viewerPathPrefix } from '../../contract/viewer-token.ts';
import type { ViewerTokens } from '../../domain/playback/viewer-tokens.ts';
import type { RecordingLinkDeps } from '../../domain/recordings/recording-links.ts';
import { secretsManagerClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';

const downloadQuery = (name: string): string => `?response-content-disposition=${encodeURIComponent(`attachment; filename="${name}"`)}`;

/** What signing URLs of recordings takes from the environment. */
export const recordingLinks = (): Omit<RecordingLinkDeps, 'recordings' | 'tokens'> & { readonly tokens: ViewerTokens } => {
  const { RECORDINGS_BASE_URL, RECORDING_TOKEN_SECONDS } = readEnvironment('recordingAccess');
  return {
    tokens: signedViewerTokens(secretsManagerClient(), readEnvironment('viewerSigning').VIEWER_SIGNING_SECRET_ARN, Date.now),
    recordingUrl: (key, token, downloadName) => `${RECORDINGS_BASE_URL}/${viewerPathPrefix}/${token}/${key}${downloadName === undefined ? '' : downloadQuery(downloadName)}`,
    tokenSeconds: RECORDING_TOKEN_SECONDS,
    now: Date.now,
  };
};

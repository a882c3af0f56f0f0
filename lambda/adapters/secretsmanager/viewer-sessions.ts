import { createHmac, randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deviceCharacters, viewerCharacters, viewerNameSecretSchema } from '../../contract/viewer-token.ts';
import type { ViewerSessions } from '../../domain/playback/viewer-sessions.ts';
import { keptSecret } from './kept-secret.ts';

// Enough for the longer of the two, at six bits a character.
const randomText = (characters: number): string => randomBytes(characters).toString('base64url').slice(0, characters);

/** Sessions whose viewers are named by a keyed hash, with a key that never leaves the stage and that no rotation changes. */
export const hashedViewerSessions = (client: SecretsManagerClient, secretId: string, now: () => number): ViewerSessions => {
  const secretOf = keptSecret(client, secretId, viewerNameSecretSchema, now);
  return {
    async viewerOf(accountId, viewerId) {
      const { viewers } = await secretOf();
      return createHmac('sha256', viewers).update(JSON.stringify([accountId, viewerId])).digest('base64url').slice(0, viewerCharacters);
    },
    newViewer: () => randomText(viewerCharacters),
    newDevice: () => randomText(deviceCharacters),
  };
};

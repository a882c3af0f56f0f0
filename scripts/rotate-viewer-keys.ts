import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { edgeStore } from '../lambda/adapters/cloudfront-keyvaluestore/edge-store.ts';
import { camKeySecretName } from '../lambda/contract/cam-playback.ts';
import { cookieKeySecretName } from '../lambda/contract/viewer-cookies.ts';
import { longestCamTokenSeconds } from '../lambda/domain/playback/cam/cam-access.ts';
import { findDeployedPlayback, longestTokenMilliseconds, requireDeployedPlayback } from './viewer-keys/deployed-playback.ts';
import { edgeStoreClient } from './viewer-keys/edge-store-client.ts';
import { edgeStoreKeys } from './viewer-keys/edge-keys.ts';
import { secretsManagerKeySecret } from './viewer-keys/key-secret.ts';
import { rotatePublishedKey } from './viewer-keys/rotate-published-key.ts';
import { rotateTokenKey } from './viewer-keys/rotate-token-key.ts';
import { camStageFile, cookieStageFile } from './viewer-keys/stage-file.ts';

const usage = 'node scripts/rotate-viewer-keys.ts --stage <stage> [--cookies <the stage\'s file> | --cam <the stage\'s file>] [--settling-seconds 300]';

const newCookiePair = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

const newCamPair = () =>
  generateKeyPairSync('ec', { namedCurve: 'secp384r1', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

// Rotates the key that signs viewers' tokens, or, with --cookies, the one that signs their cookies, or, with --cam, the one that signs
// playback tokens of Cam pipelines (docs/viewer-access.md). The latter two make the first pair, too, of a stage that is not deployed yet.
// Credentials, Region and endpoints are those of the AWS SDK's environment.
const { values } = parseArgs({ options: { stage: { type: 'string' }, cookies: { type: 'string' }, cam: { type: 'string' }, 'settling-seconds': { type: 'string', default: '300' } } });
const settlingMilliseconds = Number(values['settling-seconds']) * 1000;
const steps = { sleep: (milliseconds: number) => sleep(milliseconds), settlingMilliseconds, onProgress: (message: string) => console.log(`${new Date().toISOString()} ${message}`) };

const rotate = async (stage: string, cookieFile: string | undefined, camFile: string | undefined): Promise<void> => {
  const secrets = new SecretsManagerClient({});
  const lambda = new LambdaClient({});
  if (camFile !== undefined) {
    const secret = secretsManagerKeySecret(secrets, camKeySecretName(stage));
    const signedMilliseconds = longestCamTokenSeconds * 1000;
    const deployed = (await findDeployedPlayback(lambda, stage))?.CAM_PLAYBACK?.keyIds ?? [];
    await rotatePublishedKey({ ...steps, secret, file: camStageFile(camFile), holder: 'IVS', deployed, newPair: newCamPair, signedMilliseconds });
    return;
  }
  if (cookieFile === undefined) {
    const playback = await requireDeployedPlayback(lambda, stage);
    const { VIEWER_SIGNING_SECRET_ARN, EDGE_STORE_ARN } = playback;
    const edge = edgeStoreKeys(edgeStore(edgeStoreClient(), EDGE_STORE_ARN));
    const newKey = () => randomBytes(48).toString('base64url');
    await rotateTokenKey({ ...steps, secret: secretsManagerKeySecret(secrets, VIEWER_SIGNING_SECRET_ARN), edge, newKey, tokenMilliseconds: longestTokenMilliseconds(playback) });
    return;
  }
  const playback = await findDeployedPlayback(lambda, stage);
  const deployed = Object.keys(playback?.VIEWER_COOKIES?.keyPairIds ?? {});
  const secret = secretsManagerKeySecret(secrets, cookieKeySecretName(stage));
  await rotatePublishedKey({ ...steps, secret, file: cookieStageFile(cookieFile), holder: 'CloudFront', deployed, newPair: newCookiePair, signedMilliseconds: (playback?.VIEWER_TOKEN_SECONDS ?? 0) * 1000 });
};

if (values.stage === undefined || !(settlingMilliseconds >= 0)) {
  console.error(`usage: ${usage}`);
  process.exitCode = 2;
} else {
  await rotate(values.stage, values.cookies, values.cam);
}

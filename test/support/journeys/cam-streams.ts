import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { camKeySecretName } from '../../../lambda/contract/cam-playback.ts';
import type { PlaybackKeys } from '../ivs/playback-tokens.ts';
import { pushTestCard } from '../media/test-card.ts';
import { openStage } from './open-stage.ts';
import { aShortTail } from './pipelines.ts';
import type { StageDriver } from './stage-driver.ts';

/** The private half of the stage's key, where the rotation's script keeps it. */
const keepCamKey = async ({ aws, name }: StageDriver, { privateKey }: PlaybackKeys): Promise<void> => {
  const secrets = new SecretsManagerClient({ ...aws });
  const SecretString = JSON.stringify({ signWith: 'k1', k1: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
  await secrets.send(new CreateSecretCommand({ Name: camKeySecretName(name), SecretString }));
  secrets.destroy();
};

/** A stage of two Pro and two private Cam pipelines, with the key that signs their viewers' tokens. */
export const openCamStage = async (keys: PlaybackKeys): Promise<StageDriver> => {
  const cameras = [['pl_cam', 'Camera'], ['pl_amiss', 'Other camera']].map(([id, name]) => ({ id, name, type: 'BASIC' }));
  const stage = await openStage({ pipelines: [aShortTail('pl_pro'), aShortTail('pl_spare')], cam: { pipelines: cameras, playbackKeys: [{ id: 'k1', publicKey: keys.publicKeyMaterial }] } });
  await keepCamKey(stage, keys);
  return stage;
};

/** Encoders that do what IVS does not take, one after the other: a void key, too large a picture, too many bits a second. Answers their exits. */
export const streamAmiss = async (url: string): Promise<readonly (number | null)[]> => [
  await pushTestCard(`${url.slice(0, url.lastIndexOf('/'))}/sk_us-east-1_void`, 3).exit,
  await pushTestCard(url, 10, { size: '2048x64', realTime: false }).exit,
  await pushTestCard(url, 30, { size: '320x180', videoBitsPerSecond: 3_000_000 }).exit,
];

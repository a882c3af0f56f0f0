import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CreateSecretCommand, PutSecretValueCommand, ResourceExistsException, SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { type CamKeySecret, camKeySecretName } from '../lambda/contract/cam-playback.ts';

type CamDeclaration = Readonly<Record<string, unknown>>;

/** The Cam pipelines of a stage on this machine. */
export interface LocalCam {
  /** As the platform is started with it. */
  readonly cam: CamDeclaration;
  /** Keeps the private half of the key where the stage's functions look for it. */
  keepKey(settings: SecretsManagerClientConfig): Promise<void>;
}

const keyId = 'local';
const localStage = 'local';

/** One key for all platforms of this project's folder, so that their templates are the same from one start to the next. */
const keyIn = (projectFolder: string): string => {
  const file = join(projectFolder, '.cache', 'cam-playback-key.pem');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const key = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, key, { mode: 0o600 });
    return key;
  }
};

/** Declares Cam pipelines with a key of this machine's own: the private halves of a stage's keys are in its account. */
export const localCamOf = (cam: CamDeclaration, projectFolder: string): LocalCam => {
  const privateKey = keyIn(projectFolder);
  const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' }).toString();
  return {
    cam: { ...cam, playbackKeys: [{ id: keyId, publicKey }] },
    keepKey: async (settings) => {
      const client = new SecretsManagerClient(settings);
      const secret: CamKeySecret = { signWith: keyId, [keyId]: privateKey };
      const kept = { SecretString: JSON.stringify(secret) };
      const name = camKeySecretName(localStage);
      try {
        await client.send(new CreateSecretCommand({ Name: name, ...kept }));
      } catch (error) {
        if (!(error instanceof ResourceExistsException)) throw error;
        await client.send(new PutSecretValueCommand({ SecretId: name, ...kept }));
      } finally {
        client.destroy();
      }
    },
  };
};

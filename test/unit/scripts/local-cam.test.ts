import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, PutSecretValueCommand, ResourceExistsException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { camKeySecretSchema } from '../../../lambda/contract/cam-playback.ts';
import { camSchema } from '../../../lib/config/cam.ts';
import { localCam } from '../../../local/platform/local-pipelines.ts';
import { localCamOf } from '../../../scripts/local-cam.ts';

const secrets = mockClient(SecretsManagerClient);
let folder: string;

beforeEach(() => {
  secrets.reset();
  folder = mkdtempSync(join(tmpdir(), 'local-cam-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('Cam pipelines on this machine', () => {
  it('have a key of this machine in the place of the stage\'s, the same the next time', () => {
    const first = camSchema.parse(localCamOf({ ...localCam, playbackKeys: [{ id: 'k7', publicKey: 'elsewhere' }] }, folder).cam);

    expect(first).toMatchObject({ pipelines: [{ id: 'pl_cam', playback: 'PRIVATE' }], playbackKeys: [{ id: 'local' }] });
    expect(localCamOf(localCam, folder).cam).toMatchObject({ playbackKeys: first.playbackKeys });
    expect(statSync(join(folder, '.cache', 'cam-playback-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('keep its private half where functions look for it, also over the one before', async () => {
    secrets.on(CreateSecretCommand).rejects(new ResourceExistsException({ message: 'it exists', $metadata: {} }));
    const own = localCamOf(localCam, folder);

    await own.keepKey({ region: 'us-east-1' });

    const { SecretId, SecretString = '' } = secrets.commandCalls(PutSecretValueCommand)[0]!.args[0].input;
    const { signWith, ...keys } = camKeySecretSchema.parse(JSON.parse(SecretString));
    const publicKey = createPublicKey(createPrivateKey(keys[signWith]!)).export({ type: 'spki', format: 'pem' });
    expect(SecretId).toBe('visionstream/local/cam-playback-keys');
    expect(own.cam['playbackKeys']).toEqual([{ id: signWith, publicKey }]);
  });
});

import type { SigningKeys } from '../../../../scripts/viewer-keys/key-secret.ts';
import { type PublishedKeyRotation, type NamedPublicKey, rotatePublishedKey } from '../../../../scripts/viewer-keys/rotate-published-key.ts';

/** A stage whose deployments bring the file's keys to CloudFront. */
const aStage = () => {
  const stage = { secret: undefined as SigningKeys | undefined, file: [] as readonly NamedPublicKey[], deployed: [] as readonly string[], waited: 0, said: [] as string[] };
  let made = 0;
  const rotation = (): PublishedKeyRotation => ({
    secret: { read: async () => stage.secret, write: async (keys) => void (stage.secret = keys) },
    file: { publicKeys: () => stage.file, write: (keys) => void (stage.file = keys) },
    holder: 'CloudFront',
    deployed: stage.deployed,
    newPair: () => ({ publicKey: `public-${++made}`, privateKey: `private-${made}` }),
    sleep: async (milliseconds) => void (stage.waited += milliseconds),
    settlingMilliseconds: 1_000,
    signedMilliseconds: 10_000,
    onProgress: (message) => stage.said.push(message),
  });
  return { stage, rotate: () => rotatePublishedKey(rotation()), deploy: () => void (stage.deployed = stage.file.map(({ id }) => id)) };
};

describe('the rotation of the key that signs cookies', () => {
  it('makes the first key', async () => {
    const { stage, rotate } = aStage();

    await rotate();

    expect(stage.file).toEqual([{ id: 'k1', publicKey: 'public-1' }]);
    expect(stage.secret).toEqual({ signWith: 'k1', keys: { k1: 'private-1' } });
    expect(stage.said).toEqual(['the stage\'s file has the new public key k1, the secret its private half: deploy the stage, and it signs. Run this again to replace it']);
  });

  it('leaves the first key alone until it is deployed', async () => {
    const { stage, rotate } = aStage();
    await rotate();
    await rotate();

    expect(stage.file.map(({ id }) => id)).toEqual(['k1']);
    expect(stage.said.at(-1)).toBe('CloudFront does not have k1 yet: deploy the stage, and it signs');
  });

  it('waits for the deployment of a new key, however often it is asked', async () => {
    const { stage, rotate, deploy } = aStage();
    await rotate();
    deploy();

    await rotate();
    const afterwards = structuredClone(stage);
    await rotate();

    expect(afterwards.secret).toEqual({ signWith: 'k1', keys: { k1: 'private-1', k2: 'private-2' } });
    expect({ ...stage, said: [] }).toEqual({ ...afterwards, said: [] });
    expect(stage.said.at(-1)).toContain('CloudFront does not have k2 yet');
  });

  it('has the new key sign when CloudFront has it, and the old one go when its cookies have', async () => {
    const { stage, rotate, deploy } = aStage();
    for (let time = 0; time < 2; time += 1) {
      await rotate();
      deploy();
    }

    await rotate();

    expect(stage.secret).toEqual({ signWith: 'k2', keys: { k2: 'private-2' } });
    expect(stage.file).toEqual([{ id: 'k2', publicKey: 'public-2' }]);
    expect(stage.waited).toBe(12_000);
  });

  it('begins anew when it is over', async () => {
    const { stage, rotate, deploy } = aStage();
    for (let time = 0; time < 4; time += 1) {
      await rotate();
      deploy();
    }

    expect(stage.file.map(({ id }) => id)).toEqual(['k2', 'k3']);
  });
});

import { SecretsManagerClient, GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { jwtVerify } from 'jose';
import { createPublicKey } from 'node:crypto';
import { signedCamTokens } from '../../../../lambda/adapters/secretsmanager/cam-tokens.ts';
import { mostOriginBytes } from '../../../../lib/config/cam-checks.ts';
import { playbackKeys } from '../../../support/ivs/playback-tokens.ts';

const secrets = mockClient(SecretsManagerClient);
const [one, two] = [playbackKeys(), playbackKeys()];
const pem = ({ privateKey }: typeof one): string => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const grant = { channelArn: 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij', viewerId: 'bko_1', version: 3, expiresAt: Math.floor(Date.now() / 1000) + 600 };
const tokens = (keyIds: readonly string[], webOrigins: readonly string[] = []) =>
  signedCamTokens(new SecretsManagerClient({ region: 'us-east-1' }), { secretName: 'keys', keyIds: [...keyIds], webOrigins: [...webOrigins] }, Date.now);
const verified = (token: string, { publicKeyMaterial }: typeof one) => jwtVerify(token, createPublicKey(publicKeyMaterial), { algorithms: ['ES384'] });

beforeEach(() => {
  secrets.reset();
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify({ signWith: 'k2', k1: pem(one), k2: pem(two) }) });
});

describe('playback tokens of Cam pipelines', () => {
  it('are what an independent library takes for ES384, with the claims that IVS reads', async () => {
    const { payload } = await verified(await tokens(['k1', 'k2'], ['https://a.example', 'https://b.example']).issue(grant), two);

    expect(payload).toEqual({
      'aws:channel-arn': grant.channelArn, 'aws:access-control-allow-origin': 'https://a.example,https://b.example', 'aws:viewer-id': 'bko_1', 'aws:viewer-session-version': 3, exp: grant.expiresAt,
    });
  });

  it('are signed with a key that IVS has while it has not the newest', async () => {
    const { payload } = await verified(await tokens(['k1']).issue(grant), one);

    expect(payload).not.toHaveProperty('aws:access-control-allow-origin');
  });

  it('fail where no key is in both places, and where the stage has none', async () => {
    await expect(tokens(['k3']).issue(grant)).rejects.toThrow('the secret keys has private keys k1, k2, the stage public keys k3');
    await expect(signedCamTokens(new SecretsManagerClient({ region: 'us-east-1' }), null, Date.now).issue(grant)).rejects.toThrow('the stage has no keys');
  });

  it('say what to do where public keys were deployed without a secret of private ones', async () => {
    secrets.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));

    await expect(tokens(['k1', 'k2']).issue(grant)).rejects.toThrow('the public keys k1, k2 for playback tokens of Cam pipelines, and no secret keys with their private halves: run the rotation of Cam keys and deploy');
  });

  it('have no more than the 2 KB that IVS takes, with all origins that a stage may name', async () => {
    const longest = { channelArn: 'arn:aws:ivs:ap-northeast-1:123456789012:channel/AbCdef1G2hij', viewerId: `bko_${'0'.repeat(26)}-preview`, version: 1_000_000, expiresAt: 9_999_999_999 };

    expect((await tokens(['k1', 'k2'], ['a'.repeat(mostOriginBytes)]).issue(longest)).length).toBeLessThanOrEqual(2_048);
  });
});

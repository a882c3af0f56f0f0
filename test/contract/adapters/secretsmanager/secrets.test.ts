import { createHmac } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretsManagerStreamNameVault } from '../../../../lambda/adapters/secretsmanager/stream-name-vault.ts';
import { signedViewerTokens, viewerSigningKeys } from '../../../../lambda/adapters/secretsmanager/viewer-signing.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSecretsManagerService } from '../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const key = 'k'.repeat(43);
let gateway: LocalGateway;
let client: SecretsManagerClient;

beforeAll(async () => {
  gateway = await startGateway({ services: [createSecretsManagerService({ state: memoryStateStore(), clock: systemClock })] });
  client = new SecretsManagerClient(gateway.settings);
  await client.send(new CreateSecretCommand({ Name: 'signing', SecretString: JSON.stringify({ signWith: 'k1', k1: key, k0: 'o'.repeat(43) }) }));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

describe('stream names', () => {
  const vault = () => secretsManagerStreamNameVault(client, 'stage/stream-names/');

  it('stay what they were first', async () => {
    expect(await vault().keep('bko_1', { 11: ['live/a'] })).toEqual({ 11: ['live/a'] });
    expect(await vault().keep('bko_1', { 11: ['live/b'] })).toEqual({ 11: ['live/a'] });
  });

  it('are the same for all who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => vault().keep('bko_2', { 11: [`live/${index}`] })));

    expect(new Set(answers.map((names) => JSON.stringify(names))).size).toBe(1);
    expect(await vault().keep('bko_2', { 11: ['live/later'] })).toEqual(answers[0]);
  });

  it('are added for inputs of another pipeline', async () => {
    await vault().keep('bko_3', { 11: ['live/a'] });

    const answers = await Promise.all(['b', 'c'].map((name) => vault().keep('bko_3', { 11: ['live/x'], 22: [`live/${name}`] })));

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![11]).toEqual(['live/a']);
  });
});

describe("viewers' tokens", () => {
  const grant = { breakoutId: 'bko_1', expiresAt: 1_800_000_000 };
  const tokens = () => signedViewerTokens(client, 'signing', () => 0);

  it('are signed as the edge verifies them', async () => {
    const token = await tokens().issue(grant);

    const [keyId, expiry, session, signature] = token.split('.');
    expect([keyId, parseInt(expiry!, 36)]).toEqual(['k1', 1_800_000_000]);
    expect(session).toMatch(/^[\w-]{16}$/);
    expect(signature).toBe(createHmac('sha256', key).update(`${keyId}.${expiry}.${session}.bko_1`).digest('base64url'));
  });

  it('give a named viewer one session, and an anonymous one a new one each time', async () => {
    const session = async (viewerId?: string) => (await tokens().issue({ ...grant, ...(viewerId === undefined ? {} : { viewerId }) })).split('.')[2];

    expect(await session('anna')).toBe(await session('anna'));
    expect(await session('anna')).not.toBe(await session('bert'));
    expect(await session()).not.toBe(await session());
  });

  it('verify with every key of the secret', async () => {
    expect(await viewerSigningKeys(client, 'signing', () => 0).all()).toEqual({ k1: key, k0: 'o'.repeat(43) });
  });
});

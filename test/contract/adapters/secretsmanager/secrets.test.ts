import { createHmac } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretsManagerStreamNameVault } from '../../../../lambda/adapters/secretsmanager/stream-name-vault.ts';
import { signedViewerTokens, viewerSigningKeys } from '../../../../lambda/adapters/secretsmanager/viewer-signing.ts';
import { newAnonymousSession } from '../../../../lambda/platform/random.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSecretsManagerService } from '../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { recordingFunction } from '../../../support/edge/recording-function.ts';
import { itemIds } from '../../../support/usage/ids.ts';
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

describe('tokens of recordings', () => {
  it('open the recording of their breakout at the edge until they expire', async () => {
    const token = await signedViewerTokens(client, 'signing', Date.now).issue({ purpose: 'recording', subject: itemIds.breakout, expiresAt: 1_795_000_600, session: newAnonymousSession() });
    const uri = `/t/${token}/${itemIds.account}/${itemIds.event}/${itemIds.breakout}/hls/show.m3u8`;

    expect(await recordingFunction({ 'key.k1': key }, 1_795_000_000)(uri)).toMatchObject({ uri: uri.slice(`/t/${token}`.length) });
    expect(await recordingFunction({ 'key.k1': key }, 1_795_000_600)(uri)).toMatchObject({ statusCode: 403 });
  });
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
  const grant = { purpose: 'viewer', subject: 'bko_1', expiresAt: 1_800_000_000, session: 'AbCdEfGhIjKlMn_-' } as const;
  const tokens = () => signedViewerTokens(client, 'signing', () => 0);

  it('are signed as the edge verifies them', async () => {
    const token = await tokens().issue(grant);

    const [keyId, expiry, session, scope, signature] = token.split('.');
    expect([keyId, parseInt(expiry!, 36)]).toEqual(['k1', 1_800_000_000]);
    expect([session, scope]).toEqual(['AbCdEfGhIjKlMn_-', 'v']);
    expect(signature).toBe(createHmac('sha256', key).update(`${keyId}.${expiry}.${session}.v.bko_1`).digest('base64url'));
  });

  it('are bound as they say', async () => {
    const boundTo = { ip: '203.0.113.7', country: 'DE' };

    const token = await tokens().issue({ ...grant, purpose: 'preview', boundTo });

    const [claims, signature] = [token.slice(0, token.lastIndexOf('.')), token.split('.')[4]];
    expect(claims).toMatch(/\.pic$/);
    expect(signature).toBe(createHmac('sha256', key).update(`${claims}.bko_1.203.0.113.7.DE`).digest('base64url'));
  });

  it('are read by who made them alone, until they expire', async () => {
    const [token, bound] = [await tokens().issue(grant), await tokens().issue({ ...grant, boundTo: { ip: '203.0.113.7' } })];
    const late = signedViewerTokens(client, 'signing', () => 1_800_000_000_000);

    expect(await tokens().read(token, 'bko_1')).toEqual({ purpose: 'viewer', session: grant.session, expiresAt: grant.expiresAt });
    expect(await tokens().read(bound, 'bko_1', { ip: '203.0.113.7' })).toMatchObject({ session: grant.session });
    expect(await Promise.all([tokens().read(token, 'bko_2'), tokens().read(`${token.slice(0, -1)}!`, 'bko_1'), tokens().read(bound, 'bko_1'), tokens().read('nonsense', 'bko_1'), late.read(token, 'bko_1')])).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });

  it('verify with every key of the secret', async () => {
    expect(await viewerSigningKeys(client, 'signing', () => 0).all()).toEqual({ k1: key, k0: 'o'.repeat(43) });
  });
});

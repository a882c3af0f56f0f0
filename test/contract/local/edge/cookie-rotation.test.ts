import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { signedViewerCookies } from '../../../../lambda/adapters/secretsmanager/viewer-cookies.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSecretsManagerService } from '../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { secretsManagerKeySecret } from '../../../../scripts/viewer-keys/key-secret.ts';
import { type NamedPublicKey, rotatePublishedKey } from '../../../../scripts/viewer-keys/rotate-published-key.ts';
import { aKeyPair } from '../../../support/edge/cookie-stage.ts';
import { type EdgeHarness, originCachePolicy, startEdge } from '../../../support/edge/edge-harness.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const secretName = 'stage/viewer-cookies';
const cookieSeconds = 3600;
const settlingMilliseconds = 300_000;

let edge: EdgeHarness;
let gateway: LocalGateway;
let secrets: SecretsManagerClient;
let host: string;
let groupId: string | undefined;
/** What the stage's file says, and what CloudFront has of it: ids by name. */
let file: readonly NamedPublicKey[] = [];
let deployed: Readonly<Record<string, string>> = {};

interface Given {
  readonly keyName: string;
  readonly cookie: string;
  readonly expiresAt: number;
}

/** Every cookie that a viewer was given. */
const given: Given[] = [];
const refused: string[] = [];

beforeAll(async () => {
  edge = await startEdge();
  gateway = await startGateway({ services: [createSecretsManagerService({ state: memoryStateStore(), clock: systemClock })] });
  secrets = new SecretsManagerClient(gateway.settings);
});

afterAll(async () => {
  secrets.destroy();
  await gateway.close();
  await edge.close();
});

const createdKey = async ({ id, publicKey }: NamedPublicKey): Promise<string> =>
  (await edge.call('CreatePublicKey', { PublicKeyConfig: { CallerReference: id, Name: id, EncodedKey: publicKey } })).PublicKey.Id;

/** As CloudFormation does: new keys, then the group, then what is in it no more. */
const deploy = async (): Promise<void> => {
  const before = deployed;
  const next: Record<string, string> = {};
  for (const key of file) next[key.id] = before[key.id] ?? (await createdKey(key));
  const Items = Object.values(next);
  if (groupId === undefined) groupId = (await edge.call('CreateKeyGroup', { KeyGroupConfig: { Name: 'viewers', Items } })).KeyGroup.Id as string;
  else {
    const { ETag } = await edge.call('GetKeyGroup', { Id: groupId });
    await edge.call('UpdateKeyGroup', { Id: groupId, IfMatch: ETag, KeyGroupConfig: { Name: 'viewers', Items } });
  }
  for (const [name, Id] of Object.entries(before)) {
    if (name in next) continue;
    const { ETag } = await edge.call('GetPublicKey', { Id });
    await edge.call('DeletePublicKey', { Id, IfMatch: ETag });
  }
  deployed = next;
};

const askWith = async (cookie: string): Promise<number> => (await fetch(`http://${host}/c/one/index.m3u8`, { headers: { cookie } })).status;

/** A viewer comes: every cookie that has not expired is good, whatever the rotation is doing. */
const aViewerComes = async (): Promise<void> => {
  const now = (): number => edge.clock.now();
  const expiresAt = Math.floor(now() / 1000) + cookieSeconds;
  const issuing = signedViewerCookies(secrets, { domain: 'stage.test', secretName, keyPairIds: deployed }, now);
  const setCookie = (await issuing.issue({ baseUrl: `https://${host}`, breakoutId: 'one', expiresAt, token: 'a-token' })) ?? [];
  const cookie = setCookie.map((one) => one.split(';')[0]).join('; ');
  const keyName = Object.entries(deployed).find(([, id]) => cookie.includes(id))?.[0] ?? '?';
  given.push({ keyName, cookie, expiresAt });
  for (const one of given.filter((old) => old.expiresAt > now() / 1000)) {
    if ((await askWith(one.cookie)) !== 200) refused.push(`${one.keyName} at ${new Date(now()).toISOString()}`);
  }
};

const rotate = (): Promise<void> =>
  rotatePublishedKey({
    secret: secretsManagerKeySecret(secrets, secretName),
    file: { publicKeys: () => file, write: (keys) => void (file = keys) },
    holder: 'CloudFront',
    deployed: Object.keys(deployed),
    newPair: aKeyPair,
    // While the command waits, viewers go on to come.
    sleep: async (milliseconds) => {
      for (let step = 0; step < 4; step += 1) {
        await edge.clock.advance(milliseconds / 4);
        await aViewerComes();
      }
    },
    settlingMilliseconds,
    signedMilliseconds: cookieSeconds * 1000,
    onProgress: () => undefined,
  });

describe('the rotation of the key that signs cookies, on CloudFront', () => {
  it('refuses no cookie that has not expired, and retires the old key', async () => {
    await rotate();
    await deploy();
    const TrustedKeyGroups = { Enabled: true, Quantity: 1, Items: [groupId!] };
    ({ domainName: host } = await edge.distribution({ DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: originCachePolicy, TrustedKeyGroups } }));
    await aViewerComes();
    await rotate();
    await aViewerComes();
    await deploy();
    await aViewerComes();
    expect(Object.keys(deployed)).toEqual(['k1', 'k2']);

    await rotate();
    await aViewerComes();
    await deploy();
    await aViewerComes();

    expect(refused).toEqual([]);
    expect(new Set(given.map(({ keyName }) => keyName))).toEqual(new Set(['k1', 'k2']));
    expect(Object.keys(deployed)).toEqual(['k2']);
  });

  it('refuses what the old key signs afterwards', async () => {
    const { privateKey, publicKey } = aKeyPair();
    file = [...file, { id: 'k3', publicKey }];
    await deploy();
    await secretsManagerKeySecret(secrets, secretName).write({ signWith: 'k3', keys: { k3: privateKey } });
    await edge.clock.advance(11_000);
    await aViewerComes();
    expect(refused).toEqual([]);

    file = file.filter(({ id }) => id !== 'k3');
    await deploy();

    expect(await askWith(given.at(-1)!.cookie)).toBe(403);
  });
});

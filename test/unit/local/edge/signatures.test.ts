import { createSign } from 'node:crypto';
import { type CookiePolicy, signedCookies } from '../../../../lambda/adapters/cloudfront/signed-cookies.ts';
import { aKeyPair } from '../../../support/edge/cookie-stage.ts';
import { type EdgeHarness, originCachePolicy, startEdge } from '../../../support/edge/edge-harness.ts';

const { privateKey, publicKey } = aKeyPair();
const stranger = aKeyPair();
let edge: EdgeHarness;
let host: string;
let keyPairId: string;
let keyGroupId: string;

beforeAll(async () => {
  edge = await startEdge();
  const { PublicKey } = await edge.call('CreatePublicKey', { PublicKeyConfig: { CallerReference: '1', Name: 'k1', EncodedKey: publicKey } });
  keyPairId = PublicKey.Id;
  const { KeyGroup } = await edge.call('CreateKeyGroup', { KeyGroupConfig: { Name: 'viewers', Items: [keyPairId] } });
  keyGroupId = KeyGroup.Id;
  const TrustedKeyGroups = { Enabled: true, Quantity: 1, Items: [keyGroupId] };
  const { domainName } = await edge.distribution({
    DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: originCachePolicy, TrustedKeyGroups },
  });
  host = domainName;
});

afterAll(() => edge.close());

const now = (): number => Math.floor(edge.clock.now() / 1000);

const aPolicy = (change: Partial<CookiePolicy> = {}): CookiePolicy => ({ resource: `https://${host}/c/one/*`, expiresAt: now() + 60, ...change });

const cookiesOf = (policy: CookiePolicy = aPolicy(), key = privateKey, id = keyPairId): Record<string, string> => ({ ...signedCookies(policy, { keyPairId: id, privateKey: key }) });

const answer = async (cookies: Readonly<Record<string, string>>, path = '/c/one/index.m3u8') => {
  const response = await fetch(`http://${host}${path}`, { headers: { cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ') } });
  return { status: response.status, code: /<Code>(\w+)/.exec(await response.text())?.[1] };
};

describe('a behaviour with a key group', () => {
  it('lets pass what a trusted key has signed, and forwards nothing of it', async () => {
    expect(await answer({ other: '1', ...cookiesOf() }, '/c/one/a.ts?m=1')).toMatchObject({ status: 200 });
    expect(JSON.stringify(edge.origin.requests.at(-1))).not.toContain('CloudFront-');
  });

  it('asks for a signature', async () => {
    expect(await answer({})).toEqual({ status: 403, code: 'MissingKey' });
  });

  it.each([
    ['of another path', () => cookiesOf(), '/c/two/index.m3u8'],
    ['of a path that goes up', () => cookiesOf(aPolicy({ resource: `https://${host}/c/one/x` })), '/c/one/index.m3u8'],
    ['of another scheme', () => cookiesOf(aPolicy({ resource: `http://${host}/c/one/*` })), '/c/one/index.m3u8'],
    ['of another host', () => cookiesOf(aPolicy({ resource: 'https://other.example.com/c/one/*' })), '/c/one/index.m3u8'],
    ['that has expired', () => cookiesOf(aPolicy({ expiresAt: now() })), '/c/one/index.m3u8'],
    ['of another address', () => cookiesOf(aPolicy({ ip: '203.0.113.7' })), '/c/one/index.m3u8'],
    ['by a stranger', () => cookiesOf(aPolicy(), stranger.privateKey), '/c/one/index.m3u8'],
    ['with a key that no group has', () => cookiesOf(aPolicy(), privateKey, 'KUNKNOWN'), '/c/one/index.m3u8'],
    ['without a policy', () => ({ ...cookiesOf(), 'CloudFront-Policy': '' }), '/c/one/index.m3u8'],
    ['of another hash than it names', () => ({ ...cookiesOf(), 'CloudFront-Hash-Algorithm': 'SHA1' }), '/c/one/index.m3u8'],
    ['of a later policy', () => ({ ...cookiesOf(), 'CloudFront-Policy': cookiesOf(aPolicy({ expiresAt: now() + 600 }))['CloudFront-Policy']! }), '/c/one/index.m3u8'],
  ])('refuses a signature %s', async (_, cookies, path) => {
    expect(await answer(cookies(), path)).toEqual({ status: 403, code: 'AccessDenied' });
  });

  it('takes the address that a policy names', async () => {
    expect(await answer(cookiesOf(aPolicy({ ip: '127.0.0.1' })))).toMatchObject({ status: 200 });
  });

  it('takes signed URLs, and no cookies beside them', async () => {
    const url = `https://${host}/c/one/index.m3u8`;
    const expires = now() + 60;
    const text = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
    const signature = createSign('sha1').update(text).sign(privateKey, 'base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');

    expect(await answer({}, `/c/one/index.m3u8?Expires=${expires}&Signature=${signature}&Key-Pair-Id=${keyPairId}`)).toMatchObject({ status: 200 });
    expect(await answer(cookiesOf(), `/c/one/index.m3u8?Expires=${expires + 1}&Signature=${signature}&Key-Pair-Id=${keyPairId}`)).toEqual({ status: 403, code: 'AccessDenied' });
  });
});

describe("keys that verify viewers' signatures", () => {
  it('rejects what is no key of a kind that CloudFront takes', async () => {
    for (const EncodedKey of ['nonsense', privateKey.slice(0, 60)]) {
      await expect(edge.call('CreatePublicKey', { PublicKeyConfig: { CallerReference: '2', Name: 'k2', EncodedKey } })).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
  });

  it('rejects a group without keys, with too many, or with one that does not exist', async () => {
    const group = (Items: readonly string[]) => edge.call('CreateKeyGroup', { KeyGroupConfig: { Name: 'other', Items } });

    await expect(group([])).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(group(['KUNKNOWN'])).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(group(Array.from({ length: 6 }, () => keyPairId))).rejects.toMatchObject({ name: 'TooManyPublicKeysInKeyGroup' });
  });

  it('keeps what is in use, and rejects groups that do not exist', async () => {
    const { ETag } = await edge.call('GetPublicKey', { Id: keyPairId });
    const group = await edge.call('GetKeyGroup', { Id: keyGroupId });

    await expect(edge.call('DeletePublicKey', { Id: keyPairId, IfMatch: ETag })).rejects.toMatchObject({ name: 'PublicKeyInUse' });
    await expect(edge.call('DeleteKeyGroup', { Id: keyGroupId, IfMatch: group.ETag })).rejects.toMatchObject({ name: 'ResourceInUse' });
    await expect(
      edge.distribution({ DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'allow-all', CachePolicyId: originCachePolicy, TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['none'] } } }),
    ).rejects.toMatchObject({ name: 'TrustedKeyGroupDoesNotExist' });
  });
});

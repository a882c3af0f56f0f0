import { cookieSettingsSchema } from '../../lambda/contract/viewer-cookies.ts';
import { aCookieDelivery } from '../support/edge/cookie-stage.ts';
import { aStageConfiguration, onlyResourceOf, rendered, resourcesOf, synthesisedTemplates, type Json } from '../support/synthesised-stage.ts';

const publicKey = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n';
const templates = synthesisedTemplates(aStageConfiguration({ delivery: aCookieDelivery({ k1: publicKey, k2: publicKey }) }));
const foundation = templates['Foundation']!;
const { CacheBehaviors, DefaultCacheBehavior } = onlyResourceOf(templates['Pipeline-main']!, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'];
const cookieBehaviours: readonly Json[] = CacheBehaviors.filter(({ PathPattern }: Json) => PathPattern.startsWith('/c/'));

describe('a stage with cookies for viewers', () => {
  it('has CloudFront trust every key that is named', () => {
    const names = resourcesOf(foundation, 'AWS::CloudFront::PublicKey').map(({ Properties }) => Properties['PublicKeyConfig'].Name);

    expect(names).toEqual(['test-viewer-cookies-k1', 'test-viewer-cookies-k2']);
    expect(onlyResourceOf(foundation, 'AWS::CloudFront::KeyGroup').Properties['KeyGroupConfig'].Items).toHaveLength(2);
  });

  it('asks for signatures where cookies open, and nowhere else', () => {
    expect(cookieBehaviours.map(({ PathPattern }) => PathPattern)).toEqual(['/c/*.m3u8', '/c/*.mpd', '/c/*.ism/Manifest', '/c/*.ism/*', '/c/*']);
    for (const behaviour of cookieBehaviours) expect(behaviour).toMatchObject({ TrustedKeyGroups: [expect.anything()], FunctionAssociations: [{ EventType: 'viewer-request' }] });
    for (const behaviour of [DefaultCacheBehavior, ...CacheBehaviors]) if (!cookieBehaviours.includes(behaviour)) expect(behaviour).not.toHaveProperty('TrustedKeyGroups');
  });

  it('lets its own sites read with credentials, on the paths of cookies alone', () => {
    const [withCookies] = resourcesOf(foundation, 'AWS::CloudFront::ResponseHeadersPolicy').filter(({ Properties }) => Properties['ResponseHeadersPolicyConfig'].Name === 'test-players-with-cookies');
    const policies = new Set(cookieBehaviours.map(({ ResponseHeadersPolicyId }) => JSON.stringify(ResponseHeadersPolicyId)));

    expect(withCookies?.Properties['ResponseHeadersPolicyConfig'].CorsConfig).toMatchObject({
      AccessControlAllowCredentials: true,
      AccessControlAllowOrigins: { Items: ['http://www.stage.test'] },
    });
    expect(policies.size).toBe(1);
    expect(JSON.stringify(DefaultCacheBehavior.ResponseHeadersPolicyId)).not.toBe([...policies][0]);
  });

  it('tells the function which keys CloudFront has', () => {
    const playback = resourcesOf(templates['Control']!, 'AWS::Lambda::Function').find(({ Properties }) => Properties['FunctionName'] === 'test-playback')!;

    const settings = cookieSettingsSchema.parse(JSON.parse(rendered(playback.Properties['Environment'].Variables.VIEWER_COOKIES, () => 'KID')));

    expect(settings).toEqual({ domain: 'stage.test', secretName: 'visionstream/test/viewer-cookie-keys', keyPairIds: { k1: 'KID', k2: 'KID' } });
  });
});

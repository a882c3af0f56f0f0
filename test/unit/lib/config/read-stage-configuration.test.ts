import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageConfigurationError } from '../../../../lib/config/configuration-error.ts';
import { parseStageConfiguration, readStageConfiguration } from '../../../../lib/config/read-stage-configuration.ts';
import { aPipelineConfiguration, aStageConfiguration } from '../../../support/synthesised-stage.ts';

const problemsOf = (input: unknown): readonly string[] => {
  try {
    parseStageConfiguration(input, 'stage.json');
    return [];
  } catch (error) {
    if (!(error instanceof StageConfigurationError)) throw error;
    return error.problems.map(({ field }) => field);
  }
};

const messageOf = (input: unknown): string => {
  try {
    parseStageConfiguration(input, 'stage.json');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const withSources = (cidr: string) => aPipelineConfiguration({ inputs: { network: { type: 'PUBLIC', allowedSources: [cidr] } } });

const withDelivery = (delivery: Readonly<Record<string, unknown>>) => ({ ...aStageConfiguration(), delivery });

const ownDomain = { domainName: 'live.example.com', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/x' };

const aCookieKey = { id: 'k1', publicKey: '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n' };

const someCookies = (change: Readonly<Record<string, unknown>> = {}) => ({ domain: 'example.com', webOrigins: ['https://www.example.com'], keys: [aCookieKey], ...change });

describe('a stage configuration', () => {
  it('has a default for whatever may be absent', () => {
    const configuration = parseStageConfiguration(aStageConfiguration(), 'stage.json');

    expect(configuration).toMatchObject({
      show: { pollSeconds: 5, channelStartTimeoutSeconds: 600, channelStopTimeoutSeconds: 300, noInputStopSeconds: 900, metricDelaySeconds: 120 },
      usage: { settleSeconds: 45_000 },
      delivery: { viewerScheme: 'https', priceClass: 'PriceClass_100' },
      pricing: { priceListRegion: 'us-east-1' },
      retainData: true,
    });
  });

  it('takes cookies on a domain that it shares, and no encryption where names lead nowhere', () => {
    expect(problemsOf(withDelivery({ ...ownDomain, cookies: someCookies() }))).toEqual([]);
    expect(problemsOf(withDelivery({ ...ownDomain, domainName: 'live.stage.test', viewerScheme: 'http' }))).toEqual([]);
  });

  it('names every problem at once', () => {
    const input = { stage: 'X', region: 'mars', pipelines: [{ id: 'main', inputs: { network: { type: 'PUBLIC', allowedSources: [] } } }], unknown: 1 };

    expect(problemsOf(input)).toEqual(['stage', 'region', 'pipelines[0].id', 'pipelines[0].name', 'pipelines[0].kind', 'pipelines[0].inputs.network.allowedSources', 'pipelines[0].ladder', 'unknown']);
  });

  it('says what is wrong, the value, the values allowed and the change', () => {
    const input = aStageConfiguration({ pipelines: [withSources('0.0.0.0/0')] });

    expect(messageOf(input)).toBe(
      'The stage configuration stage.json cannot be used (1 problem):\n' +
        '  - pipelines[0].inputs.network.allowedSources[0]: has a value that cannot be used; got "0.0.0.0/0"; ' +
        'allowed: an IPv4 range of /8 or narrower such as 203.0.113.7/32: never the whole internet; change: give it a value that is allowed',
    );
  });

  it.each(['0.0.0.0/0', '128.0.0.0/1', '10.0.0.0/7', '203.0.113.7', 'fe80::/10', ''])('rejects %s as a source of encoders', (cidr) => {
    expect(problemsOf(aStageConfiguration({ pipelines: [withSources(cidr)] }))).toEqual(['pipelines[0].inputs.network.allowedSources[0]']);
  });

  it.each([
    ['no pipeline of either kind', aStageConfiguration({ pipelines: [] }), 'pipelines'],
    ['two pipelines of one id', aStageConfiguration({ pipelines: [aPipelineConfiguration(), aPipelineConfiguration()] }), 'pipelines'],
    ['a stage that Systems Manager refuses', aStageConfiguration({ stage: 'ssm-test' }), 'stage'],
    ['a domain without a certificate', withDelivery({ domainName: 'live.example.com' }), 'delivery'],
    ['a certificate of another Region', withDelivery({ domainName: 'live.example.com', certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/x' }), 'delivery.certificateArn'],
    ['a regional web ACL', withDelivery({ webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x' }), 'delivery.webAclArn'],
    ['a domain without encryption', withDelivery({ viewerScheme: 'http', domainName: 'live.example.com', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/x' }), 'delivery.viewerScheme'],
    ['cookies without a domain', withDelivery({ cookies: someCookies() }), 'delivery.cookies.domain'],
    ['cookies of another domain', withDelivery({ ...ownDomain, cookies: someCookies({ domain: 'example.org' }) }), 'delivery.cookies.domain, delivery.cookies.webOrigins'],
    ['cookies for a site that shares no domain', withDelivery({ ...ownDomain, cookies: someCookies({ webOrigins: ['https://www.example.org'] }) }), 'delivery.cookies.webOrigins'],
    ['cookies for a page instead of an origin', withDelivery({ ...ownDomain, cookies: someCookies({ webOrigins: ['https://www.example.com/player'] }) }), 'delivery.cookies.webOrigins'],
    ['a cookie key twice', withDelivery({ ...ownDomain, cookies: someCookies({ keys: [aCookieKey, aCookieKey] }) }), 'delivery.cookies.keys'],
    ['a private key for a public one', withDelivery({ ...ownDomain, cookies: someCookies({ keys: [{ id: 'k1', publicKey: '-----BEGIN PRIVATE KEY-----' }] }) }), 'delivery.cookies.keys[0].publicKey'],
    ['a Region without a Price List', { ...aStageConfiguration(), pricing: { priceListRegion: 'eu-west-1' } }, 'pricing.priceListRegion'],
    ['polls that are slower than a time-out', { ...aStageConfiguration(), show: { pollSeconds: 60, channelStopTimeoutSeconds: 60 } }, 'show.pollSeconds'],
  ])('rejects %s', (_, input, field) => {
    expect(problemsOf(input).join(', ')).toBe(field);
  });

  it.each([null, [], 'text', 3])('rejects %j instead of an object', (input) => {
    expect(messageOf(input)).toContain('the file');
  });
});

describe('a stage configuration file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-configuration-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is committed for the stage dev', () => {
    expect(readStageConfiguration('config/dev.json')).toMatchObject({ stage: 'dev', pipelines: [{ id: 'pl_main', ladder: 'house' }] });
  });

  it('is shown with every choice in an example', () => {
    expect(readStageConfiguration('examples/stage.json').pipelines.map(({ channelClass, inputs: { count, type } }) => [channelClass, count, type])).toEqual([
      ['STANDARD', 2, 'RTMP_PUSH'],
      ['SINGLE_PIPELINE', 1, 'RTMP_PUSH'],
      ['SINGLE_PIPELINE', 2, 'RTP_PUSH'],
    ]);
  });

  it('rejects a file that is not there', () => {
    expect(() => readStageConfiguration(join(folder, 'none.json'))).toThrow(/ENOENT.*-c config=<path>/);
  });

  it('rejects a file that is not JSON', () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{');

    expect(() => readStageConfiguration(path)).toThrow(StageConfigurationError);
  });
});

import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createSecretsManagerService } from '../../../../../local/services/secretsmanager/secretsmanager-service.ts';
import { cloudFrontHeader } from '../../../../../scripts/origin-secret/cloudfront-header.ts';
import { rotateOriginSecret } from '../../../../../scripts/origin-secret/rotate-origin-secret.ts';
import { secretsManagerSecret } from '../../../../../scripts/origin-secret/secrets-manager-secret.ts';
import { aDistributionConfig } from '../../../../support/edge/edge-harness.ts';
import { instantCloudFront } from '../../../../support/edge/instant-cloudfront.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

const cloudFront = instantCloudFront();
let gateway: LocalGateway;
let distributions: CloudFrontClient;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  gateway = await startGateway({ services: [...cloudFront.services, createSecretsManagerService({ state: memoryStateStore(), clock: systemClock })] });
  distributions = new CloudFrontClient(gateway.settings);
  secrets = new SecretsManagerClient(gateway.settings);
});

afterAll(async () => {
  distributions.destroy();
  secrets.destroy();
  await cloudFront.close();
  await gateway.close();
});

const aDistribution = async (headers: Readonly<Record<string, string>>): Promise<string> => {
  const config = aDistributionConfig('127.0.0.1:9', { Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' }, CallerReference: JSON.stringify(headers) });
  const items = Object.entries(headers).map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue }));
  const origins = config.Origins?.Items?.map((origin) => ({ ...origin, CustomHeaders: { Quantity: items.length, Items: items } })) ?? [];
  const { Distribution } = await distributions.send(new CreateDistributionCommand({ DistributionConfig: { ...config, Origins: { Quantity: origins.length, Items: origins } } }));
  return Distribution?.Id ?? '';
};

describe('rotating through Secrets Manager and CloudFront', () => {
  it('changes the header, keeps other headers and retires the old value', async () => {
    const distributionId = await aDistribution({ 'X-MediaPackage-CDNIdentifier': 'first-identifier', 'X-Other': 'stays' });
    const { ARN: secretId = '' } = await secrets.send(new CreateSecretCommand({ Name: 'origin', SecretString: '{"MediaPackageCDNIdentifier":"first-identifier"}' }));
    const [secret, header] = [secretsManagerSecret(secrets, secretId), cloudFrontHeader(distributions, distributionId)];
    const duringTheWait: (string | undefined)[][] = [];

    await rotateOriginSecret({
      ...{ secret, header, newIdentifier: () => 'second-identifier', now: () => Date.now(), recognitionMilliseconds: 600_000, onProgress: () => undefined },
      sleep: async () => void duringTheWait.push((await secret.accepted()).map((identifier) => identifier?.value)),
    });

    expect(duringTheWait).toEqual([['second-identifier', 'first-identifier']]);
    expect(await header.value()).toBe('second-identifier');
    expect((await secret.accepted()).map((identifier) => identifier?.value)).toEqual(['second-identifier', 'second-identifier']);
  });

  it('refuses a distribution that sends no identifier', async () => {
    const distributionId = await aDistribution({ 'X-Other': 'alone' });

    await expect(cloudFrontHeader(distributions, distributionId).value()).rejects.toThrow('sends 0 identifiers to its origins');
  });
});

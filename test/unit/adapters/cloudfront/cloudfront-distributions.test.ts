import { CloudFrontClient, GetDistributionCommand, NoSuchDistribution } from '@aws-sdk/client-cloudfront';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudFrontDistributions } from '../../../../lambda/adapters/cloudfront/cloudfront-distributions.ts';

const cloudfront = mockClient(CloudFrontClient);
const distributions = cloudFrontDistributions(new CloudFrontClient({ region: 'us-east-1' }));

beforeEach(() => cloudfront.reset());

describe('a distribution', () => {
  it('is told with its behaviours, and without the values of its secret headers', async () => {
    cloudfront.on(GetDistributionCommand, { Id: 'E1' }).resolves({
      Distribution: {
        Id: 'E1', ARN: 'arn', Status: 'Deployed', LastModifiedTime: new Date('2026-11-20T00:00:00Z'), InProgressInvalidationBatches: 0, DomainName: 'd111.cloudfront.net',
        DistributionConfig: {
          CallerReference: 'r', Comment: 'Main', Enabled: true, PriceClass: 'PriceClass_100', HttpVersion: 'http2and3',
          Origins: { Quantity: 1, Items: [{ Id: 'packager', DomainName: 'h.mediapackage.us-east-1.amazonaws.com', CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-MediaPackage-CDNIdentifier', HeaderValue: 'secret' }] } }] },
          CacheBehaviors: { Quantity: 1, Items: [{ PathPattern: '/t/*.m3u8', TargetOriginId: 'packager', ViewerProtocolPolicy: 'https-only', CachePolicyId: 'p' }] },
          DefaultCacheBehavior: {
            TargetOriginId: 'packager', ViewerProtocolPolicy: 'https-only', OriginRequestPolicyId: 'o', ResponseHeadersPolicyId: 'h',
            FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN: 'arn:f' }] },
          },
        },
      },
    });

    const told = await distributions.describe('E1');

    expect(told).toMatchObject({
      status: 'Deployed', isEnabled: true, domainName: 'd111.cloudfront.net', priceClass: 'PriceClass_100', lastModifiedAt: '2026-11-20T00:00:00.000Z',
      origins: [{ originId: 'packager', host: 'h.mediapackage.us-east-1.amazonaws.com', headerNames: ['X-MediaPackage-CDNIdentifier'] }],
      behaviours: [{ pathPattern: '/t/*.m3u8', cachePolicyId: 'p', functions: [] }, { pathPattern: '*', originRequestPolicyId: 'o', functions: [{ eventType: 'viewer-request', arn: 'arn:f' }] }],
    });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('rejects one that is not there', async () => {
    cloudfront.on(GetDistributionCommand).rejects(new NoSuchDistribution({ message: 'none', $metadata: {} }));

    await expect(distributions.describe('E1')).rejects.toMatchObject({ code: 'distribution-not-found' });
  });
});

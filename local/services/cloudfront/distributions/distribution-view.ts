import type { Distribution, DistributionConfig, DistributionSummary } from '@aws-sdk/client-cloudfront';
import { type CloudFrontWorld, cloudFrontArn } from '../cloudfront-world.ts';
import type { DistributionRecord } from '../cloudfront-state.ts';

/** CreateDistribution says `InProgress` until every edge location has the change: 3 to 5 minutes on AWS. */
export const deploymentMilliseconds = 240_000;

/** The distribution as the API shows it now. */
export const distributionView = (world: CloudFrontWorld, record: DistributionRecord): Distribution => ({
  Id: record.id,
  ARN: cloudFrontArn(world.accountId, `distribution/${record.id}`),
  Status: world.clock.now() < record.deployedAt ? 'InProgress' : 'Deployed',
  LastModifiedTime: new Date(record.modifiedAt),
  InProgressInvalidationBatches: 0,
  DomainName: record.domainName,
  DistributionConfig: record.config,
});

/** The distribution as a list shows it. */
export const distributionSummary = (world: CloudFrontWorld, record: DistributionRecord): DistributionSummary => {
  const { config } = record;
  const { Id, ARN, Status, LastModifiedTime, DomainName } = distributionView(world, record);
  return {
    Id,
    ARN,
    Status,
    LastModifiedTime,
    DomainName,
    ETag: record.etag,
    Aliases: config.Aliases ?? { Quantity: 0 },
    Origins: config.Origins,
    DefaultCacheBehavior: config.DefaultCacheBehavior,
    CacheBehaviors: config.CacheBehaviors ?? { Quantity: 0 },
    CustomErrorResponses: config.CustomErrorResponses ?? { Quantity: 0 },
    Comment: config.Comment,
    PriceClass: config.PriceClass ?? 'PriceClass_All',
    Enabled: config.Enabled,
    ViewerCertificate: config.ViewerCertificate ?? { CloudFrontDefaultCertificate: true },
    Restrictions: config.Restrictions ?? { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: config.WebACLId ?? '',
    HttpVersion: config.HttpVersion ?? 'http2',
    IsIPV6Enabled: config.IsIPV6Enabled ?? false,
    Staging: false,
  };
};

/** The configuration that viewers get now: an update takes effect when it is deployed. */
export const servedConfig = (record: DistributionRecord, now: number): DistributionConfig =>
  record.previousConfig !== undefined && now < record.deployedAt ? record.previousConfig : record.config;

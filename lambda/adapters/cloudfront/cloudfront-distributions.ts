import { type CacheBehavior, type CloudFrontClient, type DefaultCacheBehavior, GetDistributionCommand, NoSuchDistribution, type Origin } from '@aws-sdk/client-cloudfront';
import * as z from 'zod';
import type { Distribution, DistributionBehaviour, Distributions } from '../../domain/monitoring/distribution.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';

const answerSchema = z.object({ Id: z.string(), Status: z.enum(['InProgress', 'Deployed']), DomainName: z.string(), LastModifiedTime: z.date() });

type Behaviour = Omit<DefaultCacheBehavior | CacheBehavior, 'PathPattern'>;

const behaviourOf = (pathPattern: string, behaviour: Behaviour): DistributionBehaviour => ({
  pathPattern,
  originId: behaviour.TargetOriginId ?? '',
  viewerProtocolPolicy: behaviour.ViewerProtocolPolicy ?? '',
  ...(behaviour.CachePolicyId === undefined ? {} : { cachePolicyId: behaviour.CachePolicyId }),
  ...(behaviour.OriginRequestPolicyId === undefined ? {} : { originRequestPolicyId: behaviour.OriginRequestPolicyId }),
  ...(behaviour.ResponseHeadersPolicyId === undefined ? {} : { responseHeadersPolicyId: behaviour.ResponseHeadersPolicyId }),
  functions: (behaviour.FunctionAssociations?.Items ?? []).map(({ EventType = '', FunctionARN = '' }) => ({ eventType: EventType, arn: FunctionARN })),
});

const originOf = ({ Id = '', DomainName = '', CustomHeaders }: Origin): Distribution['origins'][number] => ({
  originId: Id,
  host: DomainName,
  headerNames: (CustomHeaders?.Items ?? []).map(({ HeaderName = '' }) => HeaderName),
});

/** The distributions of CloudFront. IAM: cloudfront:GetDistribution on the stage's distributions. */
export const cloudFrontDistributions = (client: Pick<CloudFrontClient, 'send'>): Distributions => ({
  async describe(Id) {
    try {
      const { Distribution: found } = await calling('cloudfront', () => client.send(new GetDistributionCommand({ Id })));
      const { Status, DomainName, LastModifiedTime } = answerSchema.parse(found);
      const config = found?.DistributionConfig;
      return {
        distributionId: Id,
        status: Status,
        isEnabled: config?.Enabled ?? false,
        domainName: DomainName,
        aliases: config?.Aliases?.Items ?? [],
        priceClass: config?.PriceClass ?? '',
        httpVersion: config?.HttpVersion ?? '',
        comment: config?.Comment ?? '',
        lastModifiedAt: LastModifiedTime.toISOString(),
        origins: (config?.Origins?.Items ?? []).map(originOf),
        behaviours: [
          ...(config?.CacheBehaviors?.Items ?? []).map((behaviour) => behaviourOf(behaviour.PathPattern ?? '', behaviour)),
          ...(config?.DefaultCacheBehavior === undefined ? [] : [behaviourOf('*', config.DefaultCacheBehavior)]),
        ],
      };
    } catch (error) {
      throw error instanceof NoSuchDistribution ? notFound('distribution', Id) : error;
    }
  },
});

import * as z from 'zod';
import { answeredTimeSchema } from './fields.ts';

/** Query of getDistribution: what was read within the last minute unless a refresh is asked for. */
export const distributionQuerySchema = z.object({ refresh: z.enum(['true', 'false']).default('false') });

/** How requests of a path are served. */
const behaviourSchema = z.object({
  /** `*` = all that no other behaviour takes. */
  pathPattern: z.string(),
  originId: z.string(),
  viewerProtocolPolicy: z.string(),
  cachePolicyId: z.string().exactOptional(),
  originRequestPolicyId: z.string().exactOptional(),
  responseHeadersPolicyId: z.string().exactOptional(),
  functions: z.array(z.object({ eventType: z.string(), arn: z.string() })),
});

/** Answer of getDistribution. Headers that origins are sent are named; their values are secret. */
export const distributionBodySchema = z.object({
  pipelineId: z.string(),
  distributionId: z.string(),
  /** `InProgress` until every edge location has the configuration. */
  status: z.enum(['InProgress', 'Deployed']),
  isEnabled: z.boolean(),
  domainName: z.string(),
  aliases: z.array(z.string()),
  priceClass: z.string(),
  httpVersion: z.string(),
  comment: z.string(),
  lastModifiedAt: answeredTimeSchema,
  origins: z.array(z.object({ originId: z.string(), host: z.string(), headerNames: z.array(z.string()) })),
  behaviours: z.array(behaviourSchema),
  /** When this was read from CloudFront. */
  readAt: answeredTimeSchema,
});

export type DistributionBody = z.infer<typeof distributionBodySchema>;

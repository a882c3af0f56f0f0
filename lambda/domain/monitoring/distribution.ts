import { getPipeline } from '../pipelines/read-pipelines.ts';
import type { ProPipelineRegistry } from '../pipelines/pro-pipelines.ts';
import type { Caller } from '../shared/caller.ts';
import { type Now, timestamp } from '../shared/time.ts';

/** How requests of a path are served; `*` = all that no other behaviour takes. */
export interface DistributionBehaviour {
  readonly pathPattern: string;
  readonly originId: string;
  readonly viewerProtocolPolicy: string;
  readonly cachePolicyId?: string;
  readonly originRequestPolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly functions: readonly { readonly eventType: string; readonly arn: string }[];
}

/** A distribution as it is now. Headers to origins are named only: their values are secret. */
export interface Distribution {
  readonly distributionId: string;
  readonly status: 'InProgress' | 'Deployed';
  readonly isEnabled: boolean;
  readonly domainName: string;
  readonly aliases: readonly string[];
  readonly priceClass: string;
  readonly httpVersion: string;
  readonly comment: string;
  readonly lastModifiedAt: string;
  readonly origins: readonly { readonly originId: string; readonly host: string; readonly headerNames: readonly string[] }[];
  readonly behaviours: readonly DistributionBehaviour[];
}

/** Reads distributions. */
export interface Distributions {
  /** @throws NotFoundError, UnavailableError */
  describe(distributionId: string): Promise<Distribution>;
}

/** A distribution with when it was read. */
export interface DistributionReading {
  readonly distribution: Distribution;
  readonly readAt: string;
}

const keptMilliseconds = 60_000;

/**
 * Reads distributions, and answers within a minute what was read before: CloudFront's control plane is slow, and takes
 * few calls. `refresh` reads again.
 */
export const distributionReadings = (distributions: Distributions, now: Now) => {
  const kept = new Map<string, DistributionReading>();
  return async (distributionId: string, refresh: boolean): Promise<DistributionReading> => {
    const known = kept.get(distributionId);
    if (known !== undefined && !refresh && now() - Date.parse(known.readAt) < keptMilliseconds) return known;
    const reading = { distribution: await distributions.describe(distributionId), readAt: timestamp(now()) };
    kept.set(distributionId, reading);
    return reading;
  };
};

/** What reading a pipeline's distribution needs. */
export interface ReadDistributionDeps {
  readonly pipelines: Pick<ProPipelineRegistry, 'get'>;
  readonly readings: ReturnType<typeof distributionReadings>;
}

/** The distribution of a pipeline that the caller may book. @throws NotFoundError, UnavailableError */
export const readDistribution =
  (deps: ReadDistributionDeps) =>
  async (caller: Caller, pipelineId: string, refresh: boolean): Promise<DistributionReading & { readonly pipelineId: string }> => {
    const { delivery } = await getPipeline(deps)(caller, pipelineId);
    return { pipelineId, ...(await deps.readings(delivery.distributionId, refresh)) };
  };

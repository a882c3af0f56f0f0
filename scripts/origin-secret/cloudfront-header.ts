import {
  GetDistributionConfigCommand,
  PreconditionFailed,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
  type CloudFrontClient,
  type DistributionConfig,
  type Origin,
  type OriginCustomHeader,
} from '@aws-sdk/client-cloudfront';
import type { OriginHeader } from './rotate-origin-secret.ts';

/** How often a change is tried again when somebody else changes the distribution at the same time. */
const attempts = 5;

/** CloudFront changes over in minutes; an hour says that something is wrong. */
const settlingSeconds = 3600;

const isIdentifier = ({ HeaderName }: OriginCustomHeader): boolean => HeaderName?.toLowerCase() === 'x-mediapackage-cdnidentifier';

const originsOf = ({ Origins }: DistributionConfig): readonly Origin[] => Origins?.Items ?? [];

const withIdentifier = (config: DistributionConfig, value: string): DistributionConfig => {
  const items = originsOf(config).map((origin) => {
    const headers = (origin.CustomHeaders?.Items ?? []).map((header) => (isIdentifier(header) ? { ...header, HeaderValue: value } : header));
    return { ...origin, CustomHeaders: { Quantity: headers.length, Items: headers } };
  });
  return { ...config, Origins: { Quantity: items.length, Items: items } };
};

/** The identifier that a distribution sends to its packager. */
export const cloudFrontHeader = (client: CloudFrontClient, distributionId: string): OriginHeader => {
  const read = async (): Promise<{ readonly config: DistributionConfig; readonly etag: string }> => {
    const { DistributionConfig: config, ETag: etag = '' } = await client.send(new GetDistributionConfigCommand({ Id: distributionId }));
    if (config === undefined) throw new Error(`CloudFront told nothing of the distribution ${distributionId}`);
    return { config, etag };
  };
  return {
    value: async () => {
      const values = new Set(originsOf((await read()).config).flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []).filter(isIdentifier).map(({ HeaderValue }) => HeaderValue ?? ''));
      const [value] = values;
      if (values.size !== 1 || value === undefined) throw new Error(`the distribution ${distributionId} sends ${values.size} identifiers to its origins, expected one: deploy the pipeline first`);
      return value;
    },
    change: async (value) => {
      for (let tried = 1; ; tried += 1) {
        const { config, etag } = await read();
        try {
          await client.send(new UpdateDistributionCommand({ Id: distributionId, IfMatch: etag, DistributionConfig: withIdentifier(config, value) }));
          return;
        } catch (error) {
          if (!(error instanceof PreconditionFailed) || tried === attempts) throw error;
        }
      }
    },
    settled: async () => {
      await waitUntilDistributionDeployed({ client, maxWaitTime: settlingSeconds, minDelay: 1, maxDelay: 30 }, { Id: distributionId });
    },
  };
};

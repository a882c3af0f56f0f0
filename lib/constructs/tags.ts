import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Tags by which roles reach media resources and by which the bill is split. */
export const tagKeys = { stage: 'visionstream:stage', pipeline: 'visionstream:pipeline' } as const;

// Not of what CloudFormation's published schemas call untagged; dashboards cost nothing that a tag could split.
const excludeResourceTypes = ['AWS::CloudWatch::Dashboard'];

/** Tags everything below a construct that can be tagged. */
export const tagAll = (scope: IConstruct, tags: Readonly<Record<string, string>>): void => {
  for (const [key, value] of Object.entries(tags)) Tags.of(scope).add(key, value, { excludeResourceTypes });
};

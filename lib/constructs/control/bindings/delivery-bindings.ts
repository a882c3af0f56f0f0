import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import { tagKeys } from '../../tags.ts';
import type { ControlFunction } from '../control-function.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

const allowOnStage = (target: ControlFunction, { configuration: { stage } }: ControlResources, pattern: string, actions: string[]): void => {
  target.allow(new PolicyStatement({ actions, resources: [pattern], conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.stage}`]: stage } } }));
  acknowledgePattern(target, pattern, 'The condition narrows it to what carries the stage\'s tag.');
};

/** Asks where the packager serves a format: `mediapackage:DescribeOriginEndpoint` on the stage's endpoints. */
export const seesPackager: Binding = (target, resources) =>
  allowOnStage(target, resources, Stack.of(target).formatArn({ service: 'mediapackage', resource: 'origin_endpoints', resourceName: '*' }), ['mediapackage:DescribeOriginEndpoint']);

/** Looks at distributions: `cloudfront:GetDistribution` on the stage's. */
export const watchesDistributions: Binding = (target, resources) =>
  allowOnStage(target, resources, Stack.of(target).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' }), ['cloudfront:GetDistribution']);

import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import { pipelineParameterPath } from '../../pro-pipeline/registration.ts';
import type { ControlFunction } from '../control-function.ts';
import type { Binding } from '../control-resources.ts';

/** Knows the pipelines that are deployed: `ssm:GetParametersByPath`, `GetParameter` below the stage's path. */
export const knowsPipelines: Binding = (target, { configuration: { stage } }) => {
  const path = pipelineParameterPath(stage);
  const folder = Stack.of(target).formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1, -1) });
  target.bind(
    'pipelines',
    { PIPELINE_PARAMETER_PATH: path },
    new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [folder] }),
    new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [`${folder}/*`] }),
  );
  acknowledgePattern(target, `${folder}/*`, 'Pipelines come and go without the control stack.');
};

/** Keeps breakouts' secret stream names: `secretsmanager:CreateSecret`, `GetSecretValue`, `PutSecretValue` below the stage's prefix. */
export const keepsStreamNames: Binding = (target, { configuration: { stage } }) => {
  const prefix = `visionstream/${stage}/stream-names/`;
  const secrets = Stack.of(target).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `${prefix}*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  target.bind(
    'streamNames',
    { STREAM_NAME_SECRET_PREFIX: prefix },
    new PolicyStatement({ actions: ['secretsmanager:CreateSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], resources: [secrets] }),
  );
  acknowledgePattern(target, secrets, 'Every breakout has a secret of its own, made when it is booked.');
};

/** Reads the key that signs viewers' tokens: `secretsmanager:GetSecretValue` on that secret. */
export const readsSigningKey: Binding = (target, { foundation }) => {
  const { secretArn } = foundation.viewerSigningKey.secret;
  target.bind('viewerSigning', { VIEWER_SIGNING_SECRET_ARN: secretArn }, new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }));
};

/** Forgets revocations that are past: `cloudfront-keyvaluestore:ListKeys` on the one store. */
export const tidiesEdgeStore: Binding = (target, { foundation }) =>
  target.allow(new PolicyStatement({ actions: ['cloudfront-keyvaluestore:ListKeys'], resources: [foundation.viewerEdge.store.keyValueStoreArn] }));

/** Says what the edge serves: `cloudfront-keyvaluestore:DescribeKeyValueStore`, `GetKey`, `UpdateKeys` on the one store. */
export const writesEdgeStore: Binding = (target, { foundation }) => {
  const { keyValueStoreArn } = foundation.viewerEdge.store;
  const actions = ['DescribeKeyValueStore', 'GetKey', 'UpdateKeys'].map((action) => `cloudfront-keyvaluestore:${action}`);
  target.bind('edgeStore', { EDGE_STORE_ARN: keyValueStoreArn }, new PolicyStatement({ actions, resources: [keyValueStoreArn] }));
};

const jobsOf = (target: ControlFunction): string => {
  const pattern = Stack.of(target).formatArn({ service: 'mediaconvert', resource: 'jobs', resourceName: '*' });
  acknowledgePattern(target, pattern, 'MediaConvert numbers jobs when it takes them.');
  return pattern;
};

/** Follows conversions: `mediaconvert:GetJob` on jobs. */
export const followsConversions: Binding = (target) => target.allow(new PolicyStatement({ actions: ['mediaconvert:GetJob'], resources: [jobsOf(target)] }));

/** Has archives converted: `mediaconvert:GetJobTemplate`, `CreateJob`, `GetJob`, `ListJobs`, `TagResource`, and `iam:PassRole` of the jobs' role to MediaConvert alone. */
export const convertsArchives: Binding = (target, { foundation: { conversion }, configuration }) => {
  const queueArn = conversion.queue.attrArn;
  const jobs = jobsOf(target);
  target.bind(
    'conversion',
    {
      CONVERSION_JOB_TEMPLATE: conversion.jobTemplate.ref,
      CONVERSION_QUEUE_ARN: queueArn,
      CONVERSION_ROLE_ARN: conversion.role.roleArn,
      CONVERSION_FORMATS: configuration.recordings.formats.join(','),
      CONVERSION_TIMEOUT_SECONDS: String(configuration.show.conversionTimeoutSeconds),
    },
    new PolicyStatement({ actions: ['mediaconvert:CreateJob'], resources: [queueArn, jobs] }),
    new PolicyStatement({ actions: ['mediaconvert:GetJobTemplate'], resources: [conversion.jobTemplate.attrArn] }),
    new PolicyStatement({ actions: ['mediaconvert:ListJobs'], resources: [queueArn] }),
    new PolicyStatement({ actions: ['mediaconvert:GetJob', 'mediaconvert:TagResource'], resources: [jobs] }),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [conversion.role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'mediaconvert.amazonaws.com' } } }),
  );
};

import * as cloudfront from '@aws-sdk/client-cloudfront';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as medialive from '@aws-sdk/client-medialive';
import * as ssm from '@aws-sdk/client-ssm';
import * as keyvaluestore from '@aws-sdk/client-cloudfront-keyvaluestore';
import { defineService } from '../../../local/gateway/define-service.ts';
import type { LocalService } from '../../../local/gateway/service.ts';

const permissions = () => [];
const at = new Date('2026-11-23T10:00:00.000Z');

/** Keeps what an operation was given, and answers. */
type Recorder = <Output>(name: string, input: unknown, output: Output) => Output;

const mediaLive = (record: Recorder): LocalService =>
  defineService('medialive', medialive, {
    ListChannels: { permissions, handle: (input) => record('ListChannels', input, { Channels: [{ Arn: 'arn:aws:medialive:us-east-1:123456789012:channel:1', Id: '1', State: 'IDLE', PipelinesRunningCount: 0 }], NextToken: 'next' }) },
    CreateChannel: { permissions, handle: (input) => record('CreateChannel', input, { Channel: { Id: '2', Name: input.Name, State: 'CREATING' } }) },
    DescribeChannel: {
      permissions,
      handle: ({ ChannelId }) => {
        throw new medialive.NotFoundException({ message: `channel ${ChannelId} does not exist`, $metadata: {} });
      },
    },
    StopChannel: {
      permissions: ({ ChannelId }) => [{ action: 'medialive:StopChannel', resources: [`arn:aws:medialive:us-east-1:123456789012:channel:${ChannelId}`] }],
      handle: () => {
        throw new Error('boom');
      },
    },
  });

const cloudFront = (record: Recorder): LocalService =>
  defineService('cloudfront', cloudfront, {
    ListDistributions: { permissions, handle: () => ({ DistributionList: { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: 0 } }) },
    CreateInvalidation: {
      permissions,
      handle: (input) =>
        record('CreateInvalidation', input, { Location: 'https://cloudfront/1', Invalidation: { Id: 'I1', Status: 'Completed', CreateTime: at, InvalidationBatch: input.InvalidationBatch } }),
    },
    GetDistribution: {
      permissions,
      handle: ({ Id }) => {
        throw new cloudfront.NoSuchDistribution({ message: `no <${Id}>`, $metadata: {} });
      },
    },
  });

const keyValueStore = (record: Recorder): LocalService =>
  defineService('cloudfront-keyvaluestore', keyvaluestore, {
    PutKey: { permissions, handle: (input) => record('PutKey', input, { ItemCount: 1, TotalSizeInBytes: 7, ETag: 'E2' }) },
  });

const monitoring = (record: Recorder): LocalService =>
  defineService('monitoring', cloudwatch, {
    GetMetricData: {
      permissions,
      handle: (input) => record('GetMetricData', input, { MetricDataResults: [{ Id: 'm1', Label: 'bytes', StatusCode: 'Complete', Timestamps: [at], Values: [1.5, 20] }] }),
    },
    DescribeAlarms: {
      permissions,
      handle: () => {
        throw new cloudwatch.InvalidNextToken({ message: 'bad token', $metadata: {} });
      },
    },
  });

const identity = (record: Recorder): LocalService =>
  defineService('iam', iam, {
    CreateRole: {
      permissions,
      handle: (input) => record('CreateRole', input, { Role: { Path: '/', RoleName: input.RoleName, RoleId: 'AROA1', Arn: 'arn:aws:iam::123456789012:role/a', CreateDate: at, Tags: input.Tags } }),
    },
  });

const parameters = (record: Recorder): LocalService =>
  defineService('ssm', ssm, {
    GetParametersByPath: {
      permissions,
      handle: (input) => record('GetParametersByPath', input, { Parameters: [{ Name: '/a/b', Type: 'String', Value: '{"x":"ü"}', Version: 3, LastModifiedDate: at }] }),
    },
  });

const functions = (record: Recorder): LocalService =>
  defineService('lambda', lambda, {
    Invoke: {
      permissions,
      handle: (input) => record('Invoke', input, { StatusCode: 200, FunctionError: 'Unhandled', Payload: Object.assign(Buffer.from('{"a":1}'), { transformToString: () => '{"a":1}' }) }),
    },
  });

/** Services with one or two operations for each wire protocol; `inputs` records what each was given. */
export const demoServices = () => {
  const inputs: Record<string, unknown> = {};
  const record: Recorder = (name, input, output) => {
    inputs[name] = input;
    return output;
  };
  return { services: [mediaLive, cloudFront, keyValueStore, monitoring, identity, parameters, functions].map((service) => service(record)), inputs };
};

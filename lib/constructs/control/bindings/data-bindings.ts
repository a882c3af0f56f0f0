import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { listIndexName } from '../../../../lambda/contract/table-keys.ts';
import { acknowledgePattern } from '../../acknowledge.ts';
import { importedArnOf } from '../../foundation/imported-arn.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem'];

const tableStatement = ({ foundation }: ControlResources, actions: string[]): PolicyStatement => {
  const { tableArn } = foundation.entities.table;
  return new PolicyStatement({ actions, resources: [tableArn, `${tableArn}/index/${listIndexName}`] });
};

const tableName = ({ foundation }: ControlResources) => ({ TABLE_NAME: foundation.entities.table.tableName });

/** Reads the table: `dynamodb:GetItem`, `BatchGetItem`, `Query`. */
export const readsTable: Binding = (target, resources) => target.bind('table', tableName(resources), tableStatement(resources, readActions));

/** Reads and writes the table, in transactions too: beside reading, `dynamodb:PutItem`, `UpdateItem`, `DeleteItem`, `BatchWriteItem`, `ConditionCheckItem`. Nobody scans. */
export const writesTable: Binding = (target, resources) =>
  target.bind('table', tableName(resources), tableStatement(resources, [...readActions, ...writeActions]));

const listing = (bucket: Bucket): PolicyStatement => new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] });

/** Lists what channels archived: `s3:ListBucket`. */
export const listsArchive: Binding = (target, { foundation: { archive } }) => target.bind('archive', { ARCHIVE_BUCKET: archive.bucket.bucketName }, listing(archive.bucket));

/** Lists what conversions made: `s3:ListBucket`. */
export const listsRecordings: Binding = (target, { foundation: { recordings } }) =>
  target.bind('recordings', { RECORDINGS_BUCKET: recordings.bucket.bucketName }, listing(recordings.bucket));

/** Reads access logs: `s3:GetObject`. */
export const readsAccessLogs: Binding = (target, { foundation: { accessLogs } }) => {
  const logs = `${importedArnOf(accessLogs.bucket)}/*`;
  target.bind('accessLogs', { ACCESS_LOGS_BUCKET: accessLogs.bucket.bucketName }, new PolicyStatement({ actions: ['s3:GetObject'], resources: [logs] }));
  acknowledgePattern(target, logs, 'CloudFront names the logs of every distribution; the bucket holds nothing else.');
};

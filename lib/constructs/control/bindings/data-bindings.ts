import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { camRecordingsPrefix } from '../../../../lambda/contract/cam-recordings.ts';
import { listIndexName, showMetricsPartition } from '../../../../lambda/contract/table-keys.ts';
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

/** Keeps the metrics that it has read: `dynamodb:UpdateItem` on these items alone. */
export const keepsReadings: Binding = (target, { foundation }) => {
  const { tableArn } = foundation.entities.table;
  const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${showMetricsPartition}*`] } };
  target.allow(new PolicyStatement({ actions: ['dynamodb:UpdateItem'], resources: [tableArn], conditions }));
};

const listing = (bucket: Bucket): PolicyStatement => new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] });

/** Lists what channels archived: `s3:ListBucket`. */
export const listsArchive: Binding = (target, { foundation: { archive } }) => target.bind('archive', { ARCHIVE_BUCKET: archive.bucket.bucketName }, listing(archive.bucket));

/** Lets converted archive files expire, where the stage says so: `s3:PutObjectTagging` on them. */
export const releasesArchive: Binding = (target, { foundation: { archive }, configuration: { recordings } }) => {
  const files = `${importedArnOf(archive.bucket)}/*`;
  target.bind('archiveLife', { ARCHIVE_DAYS: String(recordings.archiveDays ?? 0) }, new PolicyStatement({ actions: ['s3:PutObjectTagging'], resources: [files] }));
  acknowledgePattern(target, files, 'Channels name their files by time; the bucket holds nothing else.');
};

/** Lists what conversions made: `s3:ListBucket`. */
export const listsRecordings: Binding = (target, { foundation: { recordings } }) =>
  target.bind('recordings', { RECORDINGS_BUCKET: recordings.bucket.bucketName }, listing(recordings.bucket));

/** Knows when recordings go over to storage for what is seldom read. */
export const knowsRecordingsLife: Binding = (target, { configuration: { recordings } }) =>
  target.bind('recordingsLife', { RECORDINGS_COLD_DAYS: String(recordings.coldStorageDays ?? 0) });

/** Joins playlists of recordings that were converted in parts: `s3:GetObject`, `s3:PutObject` on them. */
export const joinsPlaylists: Binding = (target, { foundation: { recordings } }) => {
  const playlists = `${importedArnOf(recordings.bucket)}/*.m3u8`;
  target.allow(new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [playlists] }));
  acknowledgePattern(target, playlists, 'Every recording has playlists of its own; nothing but playlists ends so.');
};

/** Reads what IVS tells of its recordings: `s3:GetObject` on their metadata, where the stage has Cam pipelines. */
export const readsCamRecordings: Binding = (target, { foundation: { recordings }, configuration: { cam } }) => {
  if (cam === undefined) return;
  const metadata = `${importedArnOf(recordings.bucket)}/${camRecordingsPrefix}*/events/*.json`;
  target.allow(new PolicyStatement({ actions: ['s3:GetObject'], resources: [metadata] }));
  acknowledgePattern(target, metadata, 'IVS names the folders of its recordings by time.');
};

/**
 * Makes MP4 of what IVS recorded as fragmented MP4, where the stage has a pipeline of that: `s3:GetObject` on it; `s3:PutObject` and
 * `s3:AbortMultipartUpload` on the MP4 of recordings.
 */
export const filmsCamRecordings: Binding = (target, { foundation: { recordings }, configuration: { cam } }) => {
  if (!cam?.pipelines.some(({ containerFormat }) => containerFormat === 'FRAGMENTED_MP4')) return;
  const bucketArn = importedArnOf(recordings.bucket);
  const [recorded, films] = [`${bucketArn}/${camRecordingsPrefix}*/media/*`, `${bucketArn}/acc_*/mp4/*.mp4`];
  target.allow(new PolicyStatement({ actions: ['s3:GetObject'], resources: [recorded] }));
  target.allow(new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [films] }));
  acknowledgePattern(target, recorded, 'IVS names the folders of its recordings by time.');
  acknowledgePattern(target, films, 'Every recording has files of its own; MP4 alone is written so.');
};

/** Deletes files of recordings: `s3:DeleteObject` on them. */
export const deletesRecordings: Binding = (target, { foundation: { recordings } }) => {
  const files = `${importedArnOf(recordings.bucket)}/*`;
  target.allow(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [files] }));
  acknowledgePattern(target, files, 'Every recording has files of its own; the bucket holds nothing else.');
};

/** Knows where recordings are watched. */
export const knowsRecordingAccess: Binding = (target, { foundation: { recordingsDelivery }, configuration: { recordings } }) =>
  target.bind('recordingAccess', { RECORDINGS_BASE_URL: recordingsDelivery.baseUrl, RECORDING_TOKEN_SECONDS: String(recordings.tokenSeconds) });

/** Knows which distribution recordings are watched at. */
export const knowsRecordingsDelivery: Binding = (target, { foundation: { recordingsDelivery } }) =>
  target.bind('recordingsDelivery', { RECORDINGS_DISTRIBUTION_ID: recordingsDelivery.distribution.distributionId });

/** Reads access logs: `s3:GetObject`. */
export const readsAccessLogs: Binding = (target, { foundation: { accessLogs } }) => {
  const logs = `${importedArnOf(accessLogs.bucket)}/*`;
  target.bind('accessLogs', { ACCESS_LOGS_BUCKET: accessLogs.bucket.bucketName }, new PolicyStatement({ actions: ['s3:GetObject'], resources: [logs] }));
  acknowledgePattern(target, logs, 'CloudFront names the logs of every distribution; the bucket holds nothing else.');
};

import { showTaskInput, type Progress } from '../../contract/show-workflow.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUnendedConversions } from '../../adapters/dynamodb/unended-conversions.ts';
import { mediaConvertConversionJobs } from '../../adapters/mediaconvert/mediaconvert-conversion-jobs.ts';
import { s3ArchiveRelease } from '../../adapters/s3/s3-archive-release.ts';
import { s3MediaFiles } from '../../adapters/s3/s3-media-files.ts';
import { s3ObjectListing } from '../../adapters/s3/s3-object-listing.ts';
import { s3PlaylistFiles } from '../../adapters/s3/s3-playlist-files.ts';
import { s3ServiceRecordings } from '../../adapters/s3/s3-service-recordings.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { followConversion } from '../../domain/recordings/follow-conversion.ts';
import { giveUpConversion } from '../../domain/recordings/give-up-conversion.ts';
import type { Recording } from '../../domain/recordings/recording.ts';
import { submitConversion } from '../../domain/recordings/submit-conversion.ts';
import { idsFrom } from '../../domain/shared/identifiers.ts';
import { dynamoDbClient, mediaConvertClient, s3Client, ssmClient } from '../../platform/clients.ts';
import { countedLosses } from '../../platform/counted-losses.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { failureOf } from '../../platform/task-failure.ts';
import { workflowHandler } from '../../platform/workflow-handler.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const conversion = readEnvironment('conversion');
  return {
    breakouts: dynamoDbBreakoutStore(table),
    runs: dynamoDbChannelRunStore(table),
    cam: { runs: dynamoDbCamRunStore(table), sessions: dynamoDbStreamSessionStore(table) },
    serviceRecordings: s3ServiceRecordings(s3Client()),
    recordings: dynamoDbRecordingStore(table),
    unended: dynamoDbUnendedConversions(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    objects: s3ObjectListing(s3Client()),
    jobs: mediaConvertConversionJobs(mediaConvertClient(), {
      jobTemplate: conversion.CONVERSION_JOB_TEMPLATE,
      queueArn: conversion.CONVERSION_QUEUE_ARN,
      roleArn: conversion.CONVERSION_ROLE_ARN,
    }),
    recordingsBucket: readEnvironment('recordings').RECORDINGS_BUCKET,
    defaultFormats: conversion.CONVERSION_FORMATS,
    archive: s3ArchiveRelease(s3Client()),
    playlists: s3PlaylistFiles(s3Client()),
    media: s3MediaFiles(s3Client()),
    archiveDays: readEnvironment('archiveLife').ARCHIVE_DAYS,
    timeoutSeconds: conversion.CONVERSION_TIMEOUT_SECONDS,
    newId: idsFrom(Date.now),
    losses: countedLosses(),
    now: () => new Date(),
  };
};

let built: ReturnType<typeof build> | undefined;

const progressOf = ({ status, failure }: Recording): Progress => {
  switch (status) {
    case 'NONE':
      return { status: 'NONE' };
    case 'PROCESSING':
      return { status: 'PENDING' };
    case 'READY':
    case 'DELETED':
      return { status: 'DONE' };
    case 'FAILED':
      return { status: 'FAILED', reason: failure ? `${failure.code}: ${failure.message}` : 'the conversion failed' };
  }
};

/**
 * The tasks of a show's conversion; a conversion that fails is an answer, not an error.
 * IAM: `dynamodb:GetItem`, `PutItem` on the table; `ssm:GetParameter` on pipelines; `s3:ListBucket` on archive and
 * recordings; `s3:PutObjectTagging` on archive files; `s3:GetObject`, `s3:PutObject` on playlists of recordings; `s3:GetObject` on what IVS tells of its recordings; where these are fragmented MP4,
 * `s3:GetObject` on them, and `s3:PutObject`, `s3:AbortMultipartUpload` on MP4 of recordings; `mediaconvert:GetJobTemplate`, `CreateJob`, `TagResource`, `ListJobs`, `GetJob`; `iam:PassRole` on the
 * conversion's role.
 */
export const handler = workflowHandler(showTaskInput('conversion'), async ({ task, breakoutId, attempt, error }) => {
  const deps = (built ??= build());
  switch (task) {
    case 'submit-conversion':
      return progressOf(await submitConversion(deps)(breakoutId, attempt));
    case 'check-conversion':
      return progressOf(await followConversion(deps)(breakoutId, attempt));
    case 'give-up-conversion':
      return progressOf(await giveUpConversion(deps)(breakoutId, attempt, failureOf(error)));
  }
});

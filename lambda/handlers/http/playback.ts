import { edgeStore } from '../../adapters/cloudfront-keyvaluestore/edge-store.ts';
import { keyValueStoreEdgeHolders } from '../../adapters/cloudfront-keyvaluestore/edge-holders.ts';
import { keyValueStoreSessionRevocations } from '../../adapters/cloudfront-keyvaluestore/session-revocations.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbIdempotencyStore } from '../../adapters/dynamodb/idempotency-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbViewerDeviceStore } from '../../adapters/dynamodb/viewer-device-store.ts';
import { ivsCamViewers } from '../../adapters/ivs/cam-viewers.ts';
import { mediaPackagePackagerPaths } from '../../adapters/mediapackage/packager-paths.ts';
import { signedCamTokens } from '../../adapters/secretsmanager/cam-tokens.ts';
import { sealedIdempotencyStore } from '../../adapters/secretsmanager/sealed-idempotency.ts';
import { signedViewerCookies } from '../../adapters/secretsmanager/viewer-cookies.ts';
import { hashedViewerSessions } from '../../adapters/secretsmanager/viewer-sessions.ts';
import { signedViewerTokens } from '../../adapters/secretsmanager/viewer-signing.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { cookiePathPrefix, viewerPathPrefix } from '../../contract/viewer-token.ts';
import type { ViewerPaths } from '../../domain/playback/format-urls.ts';
import { dynamoDbClient, ivsClient, mediaPackageClient, secretsManagerClient, ssmClient } from '../../platform/clients.ts';
import { edgeStoreClient } from '../../platform/edge-store-client.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { type PlaybackOperationDeps, playbackOperations } from './playback-operations.ts';
import { recordingLinks } from './recording-links.ts';
import { recordingPlaybackOperations } from './recording-playback-operations.ts';

const paths: ViewerPaths = {
  withToken: (token, breakoutId) => `${viewerPathPrefix}/${token}/${breakoutId}`,
  withCookies: (breakoutId) => `${cookiePathPrefix}/${breakoutId}`,
};

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  const store = edgeStore(edgeStoreClient(), readEnvironment('edgeStore').EDGE_STORE_ARN);
  const access = readEnvironment('viewerAccess');
  const secrets = secretsManagerClient();
  const links = recordingLinks();
  const shows: PlaybackOperationDeps = {
    breakouts: dynamoDbBreakoutStore(table),
    devices: dynamoDbViewerDeviceStore(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    packager: mediaPackagePackagerPaths(mediaPackageClient()),
    edge: keyValueStoreEdgeHolders(store),
    revocations: keyValueStoreSessionRevocations(store),
    tokens: signedViewerTokens(secrets, readEnvironment('viewerSigning').VIEWER_SIGNING_SECRET_ARN, Date.now),
    sessions: hashedViewerSessions(secrets, access.VIEWER_NAME_SECRET_ARN, Date.now),
    camTokens: signedCamTokens(secrets, readEnvironment('camPlayback').CAM_PLAYBACK, Date.now),
    camViewers: ivsCamViewers(ivsClient()),
    cookies: signedViewerCookies(secrets, access.VIEWER_COOKIES, Date.now),
    paths,
    tokenSeconds: access.VIEWER_TOKEN_SECONDS,
    previewSeconds: access.PREVIEW_TOKEN_SECONDS,
    devicesPerViewer: access.DEVICES_PER_VIEWER,
    longestTokenSeconds: Math.max(access.VIEWER_TOKEN_SECONDS, links.tokenSeconds),
    now: Date.now,
  };
  return {
    idempotency: sealedIdempotencyStore(dynamoDbIdempotencyStore(table, Date.now), secrets, readEnvironment('answerSeal').ANSWER_SEAL_SECRET_ARN, Date.now),
    operations: { ...playbackOperations(shows), ...recordingPlaybackOperations({ ...shows, ...links, recordings: dynamoDbRecordingStore(table) }) },
  };
};

/**
 * Decides who may watch shows and recordings: gives viewers URLs and cookies and takes them away, lets producers look behind
 * the curtain, and draws it. Answers carry tokens and are kept sealed. IAM:
 * dynamodb:GetItem, PutItem, DeleteItem on the table; ssm:GetParameter on the pipelines' path; secretsmanager:GetSecretValue on the signing
 * secret, the names' secret, the keys of cookies and of Cam playback; ivs:StartViewerSessionRevocation on the stage's channels; mediapackage:DescribeOriginEndpoint on the pipelines' endpoints;
 * cloudfront-keyvaluestore:DescribeKeyValueStore, GetKey and UpdateKeys on the store.
 */
export const handler = restHandler<OperationsOf<'playback'>>(build);

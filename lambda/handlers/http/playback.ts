import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { mediaPackagePackagerPaths } from '../../adapters/mediapackage/packager-paths.ts';
import { signedViewerTokens } from '../../adapters/secretsmanager/viewer-signing.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { createPlaybackBodySchema, type PlaybackBody } from '../../contract/api/playback.ts';
import { viewerPathPrefix } from '../../contract/viewer-token.ts';
import { createPlayback, type CreatePlaybackDeps } from '../../domain/playback/create-playback.ts';
import { dynamoDbClient, mediaPackageClient, secretsManagerClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';

const build = (): CreatePlaybackDeps => {
  const { VIEWER_SIGNING_SECRET_ARN, VIEWER_TOKEN_SECONDS } = readEnvironment('viewerSigning');
  return {
    breakouts: dynamoDbBreakoutStore(dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME)),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    packager: mediaPackagePackagerPaths(mediaPackageClient()),
    tokens: signedViewerTokens(secretsManagerClient(), VIEWER_SIGNING_SECRET_ARN, Date.now),
    viewerUrl: ({ delivery }, path, token, breakoutId) => `${delivery.baseUrl}/${viewerPathPrefix}/${token}/${breakoutId}${path}`,
    tokenSeconds: VIEWER_TOKEN_SECONDS,
    now: Date.now,
  };
};

/**
 * Gives viewers their URLs. Each call makes a new token and changes nothing, so answers are not kept. IAM:
 * dynamodb:GetItem on the table; ssm:GetParameter on the pipelines' path; secretsmanager:GetSecretValue on the
 * signing secret; mediapackage:DescribeOriginEndpoint on the pipelines' endpoints.
 */
export const handler = restHandler<OperationsOf<'playback'>>(() => {
  const deps = build();
  return {
    operations: {
      createPlayback: async (request) => {
        const viewer = parseBody(createPlaybackBodySchema, request.body) ?? {};
        const { endpoints, ...playback } = await createPlayback(deps)({ caller: request.caller, breakoutId: param(request, 'breakoutId'), ...viewer });
        const body: PlaybackBody = { ...playback, endpoints: [...endpoints] };
        return json(201, body);
      },
    },
  };
});

import { keyValueStoreEdgeHolders } from '../../adapters/cloudfront-keyvaluestore/edge-holders.ts';
import { edgeStore } from '../../adapters/cloudfront-keyvaluestore/edge-store.ts';
import { keyValueStoreSessionRevocations } from '../../adapters/cloudfront-keyvaluestore/session-revocations.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbPastHolds, dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsCamViewers } from '../../adapters/ivs/cam-viewers.ts';
import { viewerSigningKeys } from '../../adapters/secretsmanager/viewer-signing.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { showTaskInput } from '../../contract/show-workflow.ts';
import { closeEdge, limitEdge, openEdge } from '../../domain/playback/serve-show.ts';
import { dynamoDbClient, ivsClient, secretsManagerClient, ssmClient } from '../../platform/clients.ts';
import { edgeStoreClient } from '../../platform/edge-store-client.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { workflowHandler } from '../../platform/workflow-handler.ts';

const build = () => {
  const store = edgeStore(edgeStoreClient(), readEnvironment('edgeStore').EDGE_STORE_ARN);
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    pastHolds: dynamoDbPastHolds(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    edge: keyValueStoreEdgeHolders(store),
    camViewers: ivsCamViewers(ivsClient()),
    revocations: keyValueStoreSessionRevocations(store),
    signingKeys: viewerSigningKeys(secretsManagerClient(), readEnvironment('viewerSigning').VIEWER_SIGNING_SECRET_ARN, Date.now),
    now: Date.now,
  };
};

let built: ReturnType<typeof build> | undefined;

/**
 * The tasks of a show that tell the edge whom to serve. IAM: dynamodb:GetItem and Query on the table; ssm:GetParameter on the
 * pipelines' path; secretsmanager:GetSecretValue on the signing secret; cloudfront-keyvaluestore:DescribeKeyValueStore,
 * GetKey, ListKeys and UpdateKeys on the store; ivs:StartViewerSessionRevocation on the stage's channels.
 */
export const handler = workflowHandler(showTaskInput('showEdge'), async ({ task, breakoutId, attempt }): Promise<void> => {
  const deps = (built ??= build());
  const show = { breakoutId, attempt };
  switch (task) {
    case 'open-edge':
      return openEdge(deps)(show);
    case 'limit-edge':
      return limitEdge(deps)(show);
    case 'close-edge':
      return closeEdge(deps)(show);
  }
});

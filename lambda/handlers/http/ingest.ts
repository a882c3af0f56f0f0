import { dynamoDbAuditTrail } from '../../adapters/dynamodb/audit-trail.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsCamControl } from '../../adapters/ivs/cam-control.ts';
import { keptByChannel } from '../../adapters/ivs/kept-by-channel.ts';
import { mediaLiveInputControl } from '../../adapters/medialive/input-control.ts';
import { secretsManagerStreamNameVault } from '../../adapters/secretsmanager/stream-name-vault.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import type { IngestBody } from '../../contract/api/breakouts.ts';
import { readIngest } from '../../domain/breakouts/read-ingest.ts';
import { dynamoDbClient, ivsClient, mediaLiveClient, secretsManagerClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { newEntryId, newSecret } from '../../platform/random.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    audit: dynamoDbAuditTrail(table, newEntryId),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    cams: { keyArn: keptByChannel((channelArn) => ivsCamControl(ivsClient()).keyArn(channelArn), Date.now) },
    inputs: mediaLiveInputControl(mediaLiveClient()),
    streamNames: secretsManagerStreamNameVault(secretsManagerClient(), readEnvironment('streamNames').STREAM_NAME_SECRET_PREFIX),
    newSecret,
    now: Date.now,
  };
};

/**
 * Tells where to push to. The answer is a secret: it is neither logged nor kept. IAM: dynamodb:GetItem and PutItem on
 * the table; ssm:GetParameter on the pipelines' path; medialive:DescribeInput on the pipelines' inputs; ivs:ListStreamKeys on the
 * Cam pipelines' channels;
 * secretsmanager:GetSecretValue, CreateSecret and PutSecretValue below the prefix.
 */
export const handler = restHandler<OperationsOf<'ingest'>>(() => {
  const deps = build();
  return {
    operations: {
      getIngest: async (request) => {
        const { endpoints, ...ingest } = await readIngest(deps)(request.caller, param(request, 'breakoutId'));
        const body: IngestBody = { ...ingest, endpoints: [...endpoints] };
        return json(200, body);
      },
    },
  };
});

import { cloudFrontDistributions } from '../../adapters/cloudfront/cloudfront-distributions.ts';
import { cloudWatchStatistics } from '../../adapters/cloudwatch/cloudwatch-statistics.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { mediaLiveChannelWatch } from '../../adapters/medialive/channel-watch.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { distributionQuerySchema } from '../../contract/api/distribution.ts';
import { distributionReadings, readDistribution } from '../../domain/monitoring/distribution.ts';
import { readHealth } from '../../domain/monitoring/health/read-health.ts';
import { cloudFrontClient, cloudWatchClient, dynamoDbClient, mediaLiveClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { distributionBody, healthBody } from './monitoring-views.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbChannelRunStore(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    channels: mediaLiveChannelWatch(mediaLiveClient()),
    statistics: cloudWatchStatistics(cloudWatchClient),
    readings: distributionReadings(cloudFrontDistributions(cloudFrontClient()), Date.now),
    now: Date.now,
  };
};

/**
 * Tells how shows and distributions are, and changes nothing. IAM: dynamodb:GetItem on the table; ssm:GetParameter on
 * the pipelines' path; medialive:DescribeChannel, ListAlerts and DescribeThumbnails on the pipelines' channels;
 * cloudwatch:GetMetricData; cloudfront:GetDistribution on the pipelines' distributions.
 */
export const handler = restHandler<OperationsOf<'monitoring'>>(() => {
  const deps = build();
  return {
    operations: {
      getHealth: async (request) => json(200, healthBody(await readHealth(deps)(request.caller, param(request, 'breakoutId')), deps.now())),
      getDistribution: async (request) => {
        const { refresh } = parseQuery(distributionQuerySchema, request.query);
        return json(200, distributionBody(await readDistribution(deps)(request.caller, param(request, 'pipelineId'), refresh === 'true')));
      },
    },
  };
});

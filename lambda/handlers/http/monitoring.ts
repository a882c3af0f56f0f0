import { cloudFrontDistributions } from '../../adapters/cloudfront/cloudfront-distributions.ts';
import { cloudWatchStatistics } from '../../adapters/cloudwatch/cloudwatch-statistics.ts';
import { cloudWatchMetricReader } from '../../adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbAudienceReader } from '../../adapters/dynamodb/audience-store.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbDeliveryLogStore } from '../../adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { keptByChannel } from '../../adapters/ivs/kept-by-channel.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { mediaLiveChannelWatch } from '../../adapters/medialive/channel-watch.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { distributionQuerySchema } from '../../contract/api/distribution.ts';
import { distributionReadings, readDistribution } from '../../domain/monitoring/distribution.ts';
import { readHealth } from '../../domain/monitoring/health/read-health.ts';
import { proPipelines } from '../../domain/pipelines/pro-pipelines.ts';
import { cloudFrontClient, cloudWatchClient, dynamoDbClient, ivsClient, mediaLiveClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { audienceOperations } from './audience-operations.ts';
import { distributionBody, healthBody } from './monitoring-views.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const registry = ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH);
  return {
    accounts: dynamoDbAccountStore(table),
    events: dynamoDbEventStore(table),
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbChannelRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    log: dynamoDbShowLog(table),
    streams: { now: keptByChannel((channelArn) => ivsStreamWatch(ivsClient()).now(channelArn), Date.now) },
    audiences: dynamoDbAudienceReader(table),
    logs: dynamoDbDeliveryLogStore(table),
    usage: dynamoDbUsageStore(table),
    metrics: cloudWatchMetricReader({ client: cloudWatchClient, now: Date.now }),
    pipelines: proPipelines(registry),
    registry,
    channels: mediaLiveChannelWatch(mediaLiveClient()),
    statistics: cloudWatchStatistics(cloudWatchClient),
    readings: distributionReadings(cloudFrontDistributions(cloudFrontClient()), Date.now),
    now: Date.now,
  };
};

/**
 * Tells how shows and distributions are and who watched, and changes nothing. IAM: dynamodb:GetItem and Query on the table; ssm:GetParameter on
 * the pipelines' path; medialive:DescribeChannel, ListAlerts and DescribeThumbnails on the pipelines' channels;
 * ivs:GetStream on the Cam pipelines'; cloudwatch:GetMetricData; cloudfront:GetDistribution on the pipelines' distributions.
 */
export const handler = restHandler<OperationsOf<'monitoring'>>(() => {
  const deps = build();
  return {
    operations: {
      ...audienceOperations({ ...deps, pipelines: deps.registry }),
      getHealth: async (request) => json(200, healthBody(await readHealth({ ...deps, pipelines: deps.registry })(request.caller, param(request, 'breakoutId')), deps.now())),
      getDistribution: async (request) => {
        const { refresh } = parseQuery(distributionQuerySchema, request.query);
        return json(200, distributionBody(await readDistribution(deps)(request.caller, param(request, 'pipelineId'), refresh === 'true')));
      },
    },
  };
});

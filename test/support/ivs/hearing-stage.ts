import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { dynamoDbTable } from '../../../lambda/adapters/dynamodb/table.ts';
import { type AnnouncementMessage, announcementSchema } from '../../../lambda/contract/announcements.ts';
import { metricNamespace } from '../../../lambda/contract/metric-names.ts';
import type { CamPipeline } from '../../../lambda/domain/pipelines/cam-pipeline.ts';
import { dynamoDbClient, ivsClient, snsClient, ssmClient } from '../../../lambda/platform/clients.ts';
import { systemClock } from '../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../local/runtime/state/collection.ts';
import { openRecords } from '../../../local/services/ivs/records.ts';
import { createSnsService } from '../../../local/services/sns/sns-service.ts';
import { createSsmService } from '../../../local/services/ssm/ssm-service.ts';
import { createShowsTable, startTables } from '../../contract/local/services/dynamodb/tables-under-test.ts';
import { startGateway } from '../gateway/local-gateway.ts';
import { manualClock } from '../manual-clock.ts';
import { startIvsStage } from './ivs-stage.ts';
import { segmentsOnDemand } from './test-encoder.ts';

const parameterPath = '/test/pipelines/';

/** SSM, and SNS with a topic whose messages are kept. */
const startTelling = async () => {
  const messages: AnnouncementMessage[] = [];
  const invokeTarget = async (_arn: string, payload: string): Promise<void> => {
    const { Records }: { readonly Records: readonly { readonly Sns: { readonly Message: string } }[] } = JSON.parse(payload);
    messages.push(...Records.map(({ Sns }) => announcementSchema.parse(JSON.parse(Sns.Message))));
  };
  const state = memoryStateStore();
  const onLost = ({ error }: { readonly error: unknown }): void => { throw error; };
  const gateway = await startGateway({ services: [createSsmService({ state, clock: systemClock }), createSnsService({ state, clock: systemClock, invokeTarget, onLost })] });
  const [sns, ssm] = [new SNSClient(gateway.settings), new SSMClient(gateway.settings)];
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'announcements' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:listener' }));
  const close = async (): Promise<void> => {
    sns.destroy();
    ssm.destroy();
    await gateway.close();
  };
  return { ssm, messages, topicArn: TopicArn, endpoint: gateway.settings.endpoint, close };
};

/** The services that the function of media events calls, IVS's time standing still, and the environment that leads it to them. */
export const startHearingStage = async () => {
  const [segments, clock, state] = [segmentsOnDemand(), manualClock(Date.now()), memoryStateStore()];
  const [ivs, tables, telling] = await Promise.all([startIvsStage({ createTranscoder: segments.factory, clock }, state), startTables(), startTelling()]);
  await createShowsTable(tables.client);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local-operator', AWS_SECRET_ACCESS_KEY: 'local-operator',
    AWS_ENDPOINT_URL: telling.endpoint, AWS_ENDPOINT_URL_IVS: ivs.settings.endpoint, AWS_ENDPOINT_URL_DYNAMODB: tables.listener.endpoint,
    TABLE_NAME: 'shows', METRIC_NAMESPACE: metricNamespace('test'), PIPELINE_PARAMETER_PATH: parameterPath, ANNOUNCEMENTS_TOPIC_ARN: telling.topicArn,
  });
  return {
    ivs, clock, segments,
    /** What IVS remembers of its streams. */
    records: openRecords(state),
    messages: telling.messages,
    table: dynamoDbTable(tables.documents, 'shows'),
    register: async ({ channel: { channelArn: arn, ...channel }, ...pipeline }: CamPipeline): Promise<void> => {
      const Value = JSON.stringify({ schemaVersion: 2, ...pipeline, channel: { arn, ...channel } });
      await telling.ssm.send(new PutParameterCommand({ Name: `${parameterPath}${pipeline.pipelineId}`, Value, Type: 'String' }));
    },
    close: async (): Promise<void> => {
      for (const client of [dynamoDbClient(), ivsClient(), snsClient(), ssmClient()]) client.destroy();
      await Promise.all([ivs.close(), tables.close(), telling.close()]);
    },
  };
};

export type HearingStage = Awaited<ReturnType<typeof startHearingStage>>;

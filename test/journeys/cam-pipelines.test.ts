import { CreateStreamKeyCommand, GetStreamCommand, IvsClient, ListChannelsCommand, type ChannelSummary } from '@aws-sdk/client-ivs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { pipelinePageSchema } from '../../lambda/contract/api/pipelines.ts';
import { pipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBooking, anEvent } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { pushTestCard } from '../support/media/test-card.ts';
import { until } from '../support/until.ts';

/** Given a stage that has a Cam pipeline beside others. */
describe('a Cam pipeline that is deployed', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let ivs: IvsClient;
  let channel: ChannelSummary;

  beforeAll(async () => {
    stage = await openStage({ cam: { pipelines: [{ id: 'pl_cam', name: 'Camera', type: 'BASIC', playback: 'PUBLIC' }] } });
    harbour = await anAccount(stage);
    ivs = new IvsClient({ ...stage.aws });
    channel = (await ivs.send(new ListChannelsCommand({ filterByName: `${stage.name}-pl_cam` }))).channels![0]!;
  });

  afterAll(async () => {
    ivs.destroy();
    await stage.close();
  });

  it('cannot be booked yet, and says so', async () => {
    const event = await anEvent(harbour.producer);
    const { items } = bodyOf(await harbour.producer.get('/pipelines'), 200, pipelinePageSchema);

    expect(problemOf(await harbour.producer.get('/pipelines/pl_cam'))).toMatchObject({ status: 409, code: 'pipeline-kind-not-supported' });
    expect(problemOf(await harbour.producer.post(`/events/${event.eventId}/breakouts`, aBooking('pl_cam')))).toMatchObject({ status: 409, code: 'pipeline-kind-not-supported' });
    expect(items.map(({ pipelineId }) => pipelineId)).not.toContain('pl_cam');
  });

  it('is registered with its channel, which takes a stream once it has a key', async () => {
    const parameters = new SSMClient({ ...stage.aws });
    const { Parameter } = await parameters.send(new GetParameterCommand({ Name: `/${stage.name}/pipelines/pl_cam` }));
    const registration = pipelineRegistrationSchema.parse(JSON.parse(Parameter!.Value!));
    parameters.destroy();
    const { streamKey } = await ivs.send(new CreateStreamKeyCommand({ channelArn: channel.arn! }));

    if (registration.kind !== 'CAM') throw new Error('the Cam pipeline is registered as another kind');
    const encoder = pushTestCard(`rtmp://${registration.channel.ingestEndpoint}/app/${streamKey!.value!}`, 20);
    await until('the stream', async () => (await fetch(registration.channel.playbackUrl)).ok);
    const { stream } = await ivs.send(new GetStreamCommand({ channelArn: registration.channel.arn }));
    encoder.stop();

    expect(registration.channel).toMatchObject({ arn: channel.arn, type: 'BASIC', isPrivate: false });
    expect(stream).toMatchObject({ state: 'LIVE', playbackUrl: registration.channel.playbackUrl });
  });
});

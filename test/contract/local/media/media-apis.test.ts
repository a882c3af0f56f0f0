import {
  CreateChannelCommand, CreateInputCommand, CreateInputSecurityGroupCommand, CreateTagsCommand, DeleteChannelCommand, DeleteInputCommand, DeleteInputSecurityGroupCommand,
  DescribeChannelCommand, DescribeInputCommand, ListChannelsCommand, ListInputsCommand, StartChannelCommand, StopChannelCommand, UpdateChannelCommand, UpdateInputCommand,
} from '@aws-sdk/client-medialive';
import {
  CreateChannelCommand as CreatePackagerCommand, CreateOriginEndpointCommand, DeleteChannelCommand as DeletePackagerCommand, DeleteOriginEndpointCommand,
  DescribeChannelCommand as DescribePackagerCommand, DescribeOriginEndpointCommand, UpdateOriginEndpointCommand, type CreateOriginEndpointCommandInput,
} from '@aws-sdk/client-mediapackage';
import { connectRtmp } from '../../../support/media/rtmp-client.ts';
import { aChannel, createPipeline, reaches, type Pipeline } from '../../../support/media/channel-declaration.ts';
import { startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';

let stage: MediaStage;
let pipeline: Pipeline;

beforeEach(async () => {
  stage = await startMediaStage();
  pipeline = await createPipeline(stage);
});

afterEach(() => stage.close());

const start = () => stage.mediaLive.send(new StartChannelCommand({ ChannelId: pipeline.channelId }));
const stop = () => stage.mediaLive.send(new StopChannelCommand({ ChannelId: pipeline.channelId }));
const rename = (streamName: string) => stage.mediaLive.send(new UpdateInputCommand({ InputId: pipeline.inputId, Destinations: [{ StreamName: streamName }] }));
const answerTo = async (application: string, instance: string): Promise<string> => {
  const client = await connectRtmp(stage.rtmpPort);
  client.command('connect', 1, new Map([['app', application]]));
  client.command('publish', 5, null, instance, 'live');
  const answer = await Promise.race([client.hear('NetStream.Publish.Start').then(() => 'accepted', () => 'refused'), client.closed.then(() => 'refused')]);
  client.close();
  return answer;
};

describe('local MediaLive', () => {
  it('describes an input with the URL that encoders push to', async () => {
    const input = await stage.mediaLive.send(new DescribeInputCommand({ InputId: pipeline.inputId }));

    expect(input).toMatchObject({ Type: 'RTMP_PUSH', State: 'ATTACHED', InputClass: 'SINGLE_PIPELINE', AttachedChannels: [pipeline.channelId], Destinations: [{ Ip: '127.0.0.1', Port: String(stage.rtmpPort), Url: `rtmp://127.0.0.1:${stage.rtmpPort}/live/secret` }] });
    expect((await stage.mediaLive.send(new ListInputsCommand({}))).Inputs).toHaveLength(1);
  });

  it('takes new stream names at once, and the old ones no longer', async () => {
    await rename('live/fresh');
    await start();
    await reaches(stage, pipeline.channelId, 'RUNNING');

    expect(await answerTo('live', 'secret')).toBe('refused');
    expect(await answerTo('live', 'fresh')).toBe('accepted');
  });

  it('refuses new stream names while the channel is not idle', async () => {
    await start();

    await expect(rename('live/fresh')).rejects.toMatchObject({ name: 'ConflictException', message: expect.stringContaining('expected IDLE') });
  });

  it('refuses encoders outside the security group', async () => {
    const { SecurityGroup } = await stage.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: '203.0.113.0/24' }] }));
    await stage.mediaLive.send(new UpdateInputCommand({ InputId: pipeline.inputId, InputSecurityGroups: [SecurityGroup!.Id!] }));
    await start();
    await reaches(stage, pipeline.channelId, 'RUNNING');

    expect(await answerTo('live', 'secret')).toBe('refused');
  });

  it('passes through STARTING and STOPPING and refuses what a state forbids', async () => {
    expect((await start()).State).toBe('STARTING');
    await expect(start()).rejects.toMatchObject({ name: 'ConflictException' });
    await reaches(stage, pipeline.channelId, 'RUNNING');
    await expect(stage.mediaLive.send(new DeleteChannelCommand({ ChannelId: pipeline.channelId }))).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(stage.mediaLive.send(new UpdateChannelCommand({ ChannelId: pipeline.channelId, Name: 'other' }))).rejects.toMatchObject({ name: 'ConflictException' });

    expect((await stop()).State).toBe('STOPPING');
    await reaches(stage, pipeline.channelId, 'IDLE');

    await expect(stop()).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('can be stopped while it starts', async () => {
    const slow = await startMediaStage(() => [], undefined, { shortestTransitionMilliseconds: 1000 });
    const { channelId: ChannelId } = await createPipeline(slow);
    await slow.mediaLive.send(new StartChannelCommand({ ChannelId }));

    await slow.mediaLive.send(new StopChannelCommand({ ChannelId }));
    await reaches(slow, ChannelId, 'IDLE');

    expect(slow.events.map(({ detail }) => detail.state)).toEqual(['CREATED', 'STARTING', 'STOPPING', 'STOPPED']);
    await slow.close();
  });

  it('answers one RequestId with one resource', async () => {
    const request = { Name: 'twice', Type: 'RTMP_PUSH' as const, RequestId: 'same', InputSecurityGroups: (await stage.mediaLive.send(new DescribeInputCommand({ InputId: pipeline.inputId }))).SecurityGroups!, Destinations: [{ StreamName: 'live/two' }] };

    const [first, second] = [await stage.mediaLive.send(new CreateInputCommand(request)), await stage.mediaLive.send(new CreateInputCommand(request))];

    expect(second.Input!.Id).toBe(first.Input!.Id);
  });

  it('refuses a channel that the engine cannot honour, element by element', async () => {
    const declaration = aChannel(pipeline.inputId, pipeline.packagerId);
    const [video] = declaration.EncoderSettings!.VideoDescriptions!;
    const settings = { ...declaration.EncoderSettings!, VideoDescriptions: [{ ...video!, CodecSettings: { H265Settings: { FramerateNumerator: 30, FramerateDenominator: 1 } } }], MotionGraphicsConfiguration: { MotionGraphicsSettings: {}, MotionGraphicsInsertion: 'ENABLED' as const } };

    const refused = stage.mediaLive.send(new CreateChannelCommand({ ...declaration, EncoderSettings: settings }));

    await expect(refused).rejects.toMatchObject({
      name: 'UnprocessableEntityException',
      ValidationErrors: expect.arrayContaining([
        expect.objectContaining({ ElementPath: '/encoderSettings/motionGraphicsConfiguration/motionGraphicsInsertion' }),
        expect.objectContaining({ ElementPath: '/encoderSettings/videoDescriptions[0]/codecSettings' }),
        expect.objectContaining({ ElementPath: '/encoderSettings/outputGroups[0]/outputs[1]/videoDescriptionName' }),
      ]),
    });
  });

  it('refuses a second channel on one input', async () => {
    await expect(stage.mediaLive.send(new CreateChannelCommand(aChannel(pipeline.inputId, pipeline.packagerId)))).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('refuses inputs that it cannot take', async () => {
    await expect(stage.mediaLive.send(new CreateInputCommand({ Type: 'SRT_CALLER', Name: 'x' }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('RTMP_PUSH') });
    await expect(rename('no-instance')).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(stage.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: 'everywhere' }] }))).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('deletes in order: channel, input, security group', async () => {
    const { SecurityGroups } = await stage.mediaLive.send(new DescribeInputCommand({ InputId: pipeline.inputId }));
    await expect(stage.mediaLive.send(new DeleteInputCommand({ InputId: pipeline.inputId }))).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(stage.mediaLive.send(new DeleteInputSecurityGroupCommand({ InputSecurityGroupId: SecurityGroups![0]! }))).rejects.toMatchObject({ name: 'BadRequestException' });

    expect((await stage.mediaLive.send(new DeleteChannelCommand({ ChannelId: pipeline.channelId }))).State).toBe('DELETING');
    await stage.until('the channel to go', async () => (await stage.mediaLive.send(new ListChannelsCommand({}))).Channels!.length === 0);
    await stage.mediaLive.send(new DeleteInputCommand({ InputId: pipeline.inputId }));
    await stage.mediaLive.send(new DeleteInputSecurityGroupCommand({ InputSecurityGroupId: SecurityGroups![0]! }));

    await expect(stage.mediaLive.send(new DescribeInputCommand({ InputId: pipeline.inputId }))).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('keeps tags in every state', async () => {
    const { Arn } = await start();

    await stage.mediaLive.send(new CreateTagsCommand({ ResourceArn: Arn!, Tags: { pipeline: 'pl_main' } }));
    await reaches(stage, pipeline.channelId, 'RUNNING');

    expect((await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: pipeline.channelId }))).Tags).toEqual({ pipeline: 'pl_main' });
  });
});

describe('local MediaPackage', () => {
  const anEndpoint = (change: Partial<CreateOriginEndpointCommandInput>) => stage.mediaPackage.send(new CreateOriginEndpointCommand({ Id: 'other', ChannelId: 'stage', HlsPackage: {}, ...change }));

  it('answers a duplicate id with 422', async () => {
    await expect(stage.mediaPackage.send(new CreatePackagerCommand({ Id: 'stage' }))).rejects.toMatchObject({ name: 'UnprocessableEntityException' });
    await expect(anEndpoint({ Id: 'stage-hls' })).rejects.toMatchObject({ name: 'UnprocessableEntityException' });
  });

  it.each<[string, Partial<CreateOriginEndpointCommandInput>, RegExp]>([
    ['no package', { HlsPackage: undefined }, /exactly one of HlsPackage/],
    ['a channel that is not there', { ChannelId: 'none' }, /none does not exist/],
    ['a window shorter than three segments', { HlsPackage: { SegmentDurationSeconds: 6, PlaylistWindowSeconds: 6 } }, /PlaylistWindowSeconds 6/],
  ])('refuses an endpoint with %s', async (_, change, message) => {
    await expect(anEndpoint(change)).rejects.toMatchObject({ name: 'UnprocessableEntityException', message: expect.stringMatching(message) });
  });

  it('describes, changes and deletes, endpoints first', async () => {
    expect(pipeline.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${stage.originPort}/out/v1/[0-9a-f]{32}/index\\.m3u8$`));
    await expect(stage.mediaPackage.send(new DeletePackagerCommand({ Id: 'stage' }))).rejects.toMatchObject({ name: 'UnprocessableEntityException' });

    await stage.mediaPackage.send(new UpdateOriginEndpointCommand({ Id: 'stage-hls', HlsPackage: { SegmentDurationSeconds: 4, PlaylistWindowSeconds: 60 } }));
    expect((await stage.mediaPackage.send(new DescribeOriginEndpointCommand({ Id: 'stage-hls' }))).HlsPackage?.SegmentDurationSeconds).toBe(4);
    await stage.mediaPackage.send(new DeleteOriginEndpointCommand({ Id: 'stage-hls' }));
    await stage.mediaPackage.send(new DeletePackagerCommand({ Id: 'stage' }));

    await expect(stage.mediaPackage.send(new DescribePackagerCommand({ Id: 'stage' }))).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('takes nothing at an ingest URL without its password', async () => {
    const { HlsIngest } = await stage.mediaPackage.send(new DescribePackagerCommand({ Id: 'stage' }));
    const [endpoint] = HlsIngest!.IngestEndpoints!;

    const bare = await fetch(`${endpoint!.Url!}.m3u8`, { method: 'PUT', body: '#EXTM3U' });
    const climbing = await fetch(endpoint!.Url!.replace('/channel', '/..%2f..%2fetc.ts'), { method: 'PUT', body: 'x' });

    expect(bare.status).toBe(401);
    expect(bare.headers.get('www-authenticate')).toMatch(/^Digest /);
    expect(climbing.status).toBe(404);
    expect(stage.metrics.some(({ name }) => name === 'IngressBytes')).toBe(false);
  });
});

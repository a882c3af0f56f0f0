import {
  BatchGetChannelCommand, BatchStartViewerSessionRevocationCommand, CreateChannelCommand, CreateRecordingConfigurationCommand, CreateStreamKeyCommand, DeleteChannelCommand, DeleteRecordingConfigurationCommand,
  DeleteStreamKeyCommand, GetChannelCommand, GetRecordingConfigurationCommand, GetStreamCommand, GetStreamKeyCommand, GetStreamSessionCommand, ImportPlaybackKeyPairCommand, ListChannelsCommand, ListPlaybackKeyPairsCommand,
  ListStreamKeysCommand, ListStreamSessionsCommand, ListTagsForResourceCommand, StartViewerSessionRevocationCommand, StopStreamCommand, TagResourceCommand, UntagResourceCommand, UpdateChannelCommand, type Channel, type CreateChannelCommandInput,
} from '@aws-sdk/client-ivs';
import { ivsProviders } from '../../../../../local/assembly/resources/ivs.ts';
import { awsCli, describeWithAwsCli } from '../../../../support/gateway/aws-cli.ts';
import { recordingBucket, startIvsStage, type IvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { playbackKeys } from '../../../../support/ivs/playback-tokens.ts';
import { until } from '../../../../support/until.ts';

let stage: IvsStage;

beforeEach(async () => {
  stage = await startIvsStage();
});

afterEach(() => stage.close());

const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const create = (input: CreateChannelCommandInput = {}) => stage.ivs.send(new CreateChannelCommand(input));
const createdArn = async (input: CreateChannelCommandInput = {}): Promise<string> => (await create(input)).channel!.arn!;
const configure = async (bucketName = recordingBucket): Promise<string> => {
  const { recordingConfiguration } = await stage.ivs.send(new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName } } }));
  const arn = recordingConfiguration!.arn!;
  await until('a state', async () => (await stage.ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration!.state !== 'CREATING');
  return arn;
};

describe('channels of local IVS', () => {
  it('have the documented defaults, and a stream key with them', async () => {
    const { channel, streamKey } = await create({ name: 'main' });

    const id = channel!.arn!.split('/')[1]!;
    expect(channel).toEqual<Channel>({
      arn: `arn:aws:ivs:us-east-1:123456789012:channel/${id}`, name: 'main', type: 'STANDARD', latencyMode: 'LOW', containerFormat: 'TS', authorized: false, insecureIngest: false,
      ingestEndpoint: `127.0.0.1:${stage.ingestPort}`, playbackUrl: `http://127.0.0.1:${stage.playbackPort}/api/video/v1/us-east-1.123456789012.channel.${id}.m3u8`,
      recordingConfigurationArn: '', playbackRestrictionPolicyArn: '', tags: {},
    });
    expect(streamKey).toMatchObject({ channelArn: channel!.arn, value: expect.stringMatching(/^sk_us-east-1_/) });
  });

  it('package as they are told, MPEG-TS without being told', async () => {
    expect([(await create({})).channel, (await create({ containerFormat: 'FRAGMENTED_MP4' })).channel]).toMatchObject([{ containerFormat: 'TS' }, { containerFormat: 'FRAGMENTED_MP4' }]);
  });

  it('give ADVANCED types the preset with more bandwidth', async () => {
    expect((await create({ type: 'ADVANCED_HD' })).channel).toMatchObject({ preset: 'HIGHER_BANDWIDTH_DELIVERY' });
  });

  it.each<[string, CreateChannelCommandInput]>([
    ['a preset of a BASIC channel', { type: 'BASIC', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' }],
    ['an unknown type', { type: 'LARGE' as 'BASIC' }],
    ['a name with a space', { name: 'main stage' }],
    ['multitrack input', { multitrackInputConfiguration: { enabled: true } }],
    ['an unknown container', { containerFormat: 'MKV' as 'TS' }],
  ])('reject %s', async (_, input) => {
    await expect(create(input)).rejects.toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  });

  it('reject a recording configuration that is not there', async () => {
    await expect(create({ recordingConfigurationArn: 'arn:aws:ivs:us-east-1:123456789012:recording-configuration/none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('keep what an update does not name, and take recording away by an empty string', async () => {
    const recordingConfigurationArn = await configure();
    const arn = await createdArn({ name: 'a', type: 'BASIC', recordingConfigurationArn });

    await stage.ivs.send(new UpdateChannelCommand({ arn, authorized: true, recordingConfigurationArn: '' }));

    expect((await stage.ivs.send(new GetChannelCommand({ arn }))).channel).toMatchObject({ name: 'a', type: 'BASIC', authorized: true, recordingConfigurationArn: '' });
  });

  it('are found by name, in pages and in batches', async () => {
    const arns = [await createdArn({ name: 'a' }), await createdArn({ name: 'b' }), await createdArn({ name: 'b' })];

    const named = await stage.ivs.send(new ListChannelsCommand({ filterByName: 'b' }));
    const first = await stage.ivs.send(new ListChannelsCommand({ maxResults: 2 }));
    const second = await stage.ivs.send(new ListChannelsCommand({ maxResults: 2, nextToken: first.nextToken }));
    const batch = await stage.ivs.send(new BatchGetChannelCommand({ arns: [arns[0]!, channelArn] }));

    expect(named.channels).toHaveLength(2);
    expect([...first.channels!, ...second.channels!].map(({ arn }) => arn)).toEqual(arns);
    expect(second.nextToken).toBeUndefined();
    expect(batch).toMatchObject({ channels: [{ arn: arns[0] }], errors: [{ arn: channelArn, code: 'ResourceNotFoundException' }] });
  });

  it('are gone with their stream key', async () => {
    const { channel, streamKey } = await create();

    await stage.ivs.send(new DeleteChannelCommand({ arn: channel!.arn! }));

    await expect(stage.ivs.send(new GetChannelCommand({ arn: channel!.arn! }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
    await expect(stage.ivs.send(new GetStreamKeyCommand({ arn: streamKey!.arn! }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('say that they do not broadcast', async () => {
    const arn = await createdArn();

    await expect(stage.ivs.send(new GetStreamCommand({ channelArn: arn }))).rejects.toMatchObject({ name: 'ChannelNotBroadcasting', $metadata: { httpStatusCode: 404 } });
    await expect(stage.ivs.send(new StopStreamCommand({ channelArn: arn }))).rejects.toMatchObject({ name: 'ChannelNotBroadcasting' });
    expect((await stage.ivs.send(new ListStreamSessionsCommand({ channelArn: arn }))).streamSessions).toEqual([]);
    await expect(stage.ivs.send(new GetStreamSessionCommand({ channelArn: arn }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('keep tags of every kind of resource', async () => {
    const { channel, streamKey } = await create({ tags: { pipeline: 'pl_cam' } });

    await stage.ivs.send(new TagResourceCommand({ resourceArn: streamKey!.arn!, tags: { show: 'one' } }));
    await stage.ivs.send(new UntagResourceCommand({ resourceArn: channel!.arn!, tagKeys: ['pipeline'] }));

    expect((await stage.ivs.send(new ListTagsForResourceCommand({ resourceArn: streamKey!.arn! }))).tags).toEqual({ pipeline: 'pl_cam', show: 'one' });
    expect((await stage.ivs.send(new ListTagsForResourceCommand({ resourceArn: channel!.arn! }))).tags).toEqual({});
  });

  it('carry tags of AWS\'s own, which no caller gives, takes away or is charged with', async () => {
    const [reserved, ours] = [{ 'aws:cloudformation:stack-name': 'pipeline' }, Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, ''] as const))];
    const { channel } = await create({ tags: ours });
    const arn = channel!.arn!;
    stage.service.tagAsAws(arn, reserved);
    const attempts = [
      create({ tags: reserved }), stage.ivs.send(new CreateStreamKeyCommand({ channelArn: arn, tags: { 'AWS:cloudformation:stack-name': 'pipeline' } })),
      stage.ivs.send(new TagResourceCommand({ resourceArn: arn, tags: reserved })), stage.ivs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: Object.keys(reserved) })),
      stage.ivs.send(new TagResourceCommand({ resourceArn: arn, tags: { 'tag-50': '' } })),
    ];

    expect((await Promise.allSettled(attempts)).map((attempt) => attempt.status === 'rejected' && attempt.reason.name)).toEqual(attempts.map(() => 'ValidationException'));
    await stage.ivs.send(new TagResourceCommand({ resourceArn: arn, tags: { 'tag-0': 'changed' } }));
    await stage.ivs.send(new UpdateChannelCommand({ arn, name: 'renamed' }));
    expect((await stage.ivs.send(new GetChannelCommand({ arn }))).channel!.tags).toEqual({ ...ours, ...reserved, 'tag-0': 'changed' });
  });
});

describe('stream keys of local IVS', () => {
  it('are one a channel: a new one needs the old one deleted', async () => {
    const { channel, streamKey } = await create();
    const another = () => stage.ivs.send(new CreateStreamKeyCommand({ channelArn: channel!.arn! }));

    await expect(another()).rejects.toMatchObject({ name: 'ServiceQuotaExceededException', $metadata: { httpStatusCode: 402 } });
    await stage.ivs.send(new DeleteStreamKeyCommand({ arn: streamKey!.arn! }));
    const renewed = await another();

    expect(renewed.streamKey!.value).not.toBe(streamKey!.value);
    expect((await stage.ivs.send(new ListStreamKeysCommand({ channelArn: channel!.arn! }))).streamKeys).toEqual([{ arn: renewed.streamKey!.arn, channelArn: channel!.arn, tags: {} }]);
  });
});

describe('playback key pairs of local IVS', () => {
  const load = (publicKeyMaterial: string) => stage.ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }));

  it('are three at most, each once, with a fingerprint', async () => {
    const [first, ...others] = [playbackKeys(), playbackKeys(), playbackKeys(), playbackKeys()].map(({ publicKeyMaterial }) => publicKeyMaterial);

    const { keyPair } = await load(first!);
    await expect(load(first!)).rejects.toMatchObject({ name: 'ConflictException', $metadata: { httpStatusCode: 409 } });
    await load(others[0]!);
    await load(others[1]!);

    expect(keyPair!.fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    await expect(load(others[2]!)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
    expect((await stage.ivs.send(new ListPlaybackKeyPairsCommand({}))).keyPairs).toHaveLength(3);
  });

  it.each([
    ['a key on another curve', () => playbackKeys('prime256v1').publicKeyMaterial],
    ['a private key', () => playbackKeys().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['what is no key', () => 'a key'],
  ])('reject %s', async (_, material) => {
    await expect(load(material())).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('recording configurations of local IVS', () => {
  it('become active when their bucket is there', async () => {
    const arn = await configure();

    expect((await stage.ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration).toEqual({
      arn, name: '', state: 'ACTIVE', tags: {}, destinationConfiguration: { s3: { bucketName: recordingBucket } }, recordingReconnectWindowSeconds: 0,
      thumbnailConfiguration: { recordingMode: 'INTERVAL', storage: ['SEQUENTIAL'], targetIntervalSeconds: 60 }, renditionConfiguration: { renditionSelection: 'ALL', renditions: [] },
    });
  });

  it('fail when it is not, and are no use to a channel then', async () => {
    const recordingConfigurationArn = await configure('no-such-bucket');

    await expect(create({ recordingConfigurationArn })).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('stay while a channel uses them', async () => {
    const arn = await configure();
    await create({ recordingConfigurationArn: arn });

    await expect(stage.ivs.send(new DeleteRecordingConfigurationCommand({ arn }))).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it.each([
    ['a reconnect window over five minutes', { recordingReconnectWindowSeconds: 301 }],
    ['CUSTOM without renditions', { renditionConfiguration: { renditionSelection: 'CUSTOM' as const } }],
    ['thumbnails every two minutes', { thumbnailConfiguration: { recordingMode: 'INTERVAL' as const, targetIntervalSeconds: 120 } }],
  ])('reject %s', async (_, input) => {
    await expect(stage.ivs.send(new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: recordingBucket } }, ...input }))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('revocations of local IVS', () => {
  it('take a viewer of a channel that is there', async () => {
    const arn = await createdArn();

    await stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: arn, viewerId: 'bko_1' }));
    const { errors } = await stage.ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions: [{ channelArn: arn, viewerId: 'bko_1', viewerSessionVersionsLessThanOrEqualTo: 3 }, { channelArn, viewerId: 'bko_1' }] }));

    expect(errors).toEqual([expect.objectContaining({ channelArn, viewerId: 'bko_1', code: 'ResourceNotFoundException' })]);
    await expect(stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn, viewerId: 'bko_1' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: arn, viewerId: 'a'.repeat(41) }))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('IVS resources of templates', () => {
  const deploy = (type: string, properties: Record<string, unknown>) =>
    ivsProviders(stage.settings, stage.service.tagAsAws).find((one) => one.type === `AWS::IVS::${type}`)!.create(properties, { stackName: 'pipeline', logicalId: type, accountId: '123456789012', region: 'us-east-1' });

  it('become a channel without a key, its recording and its key pair', async () => {
    const recording = await deploy('RecordingConfiguration', { Name: 'all', DestinationConfiguration: { S3: { BucketName: recordingBucket } }, RecordingReconnectWindowSeconds: 60, ThumbnailConfiguration: { RecordingMode: 'DISABLED' }, RenditionConfiguration: { RenditionSelection: 'ALL' } });
    const pair = await deploy('PlaybackKeyPair', { PublicKeyMaterial: playbackKeys().publicKeyMaterial });
    const channel = await deploy('Channel', { Name: 'cam', Type: 'BASIC', LatencyMode: 'NORMAL', Authorized: true, RecordingConfigurationArn: recording.physicalId, Tags: [{ Key: 'pipeline', Value: 'pl_cam' }] });

    expect(recording.attributes).toEqual({ Arn: recording.physicalId, State: 'ACTIVE' });
    expect(pair.attributes).toEqual({ Arn: pair.physicalId, Fingerprint: expect.any(String) });
    expect((await stage.ivs.send(new GetChannelCommand({ arn: channel.physicalId }))).channel).toMatchObject({ name: 'cam', type: 'BASIC', latencyMode: 'NORMAL', authorized: true, recordingConfigurationArn: recording.physicalId, tags: { pipeline: 'pl_cam' } });
    expect((await stage.ivs.send(new ListStreamKeysCommand({ channelArn: channel.physicalId }))).streamKeys).toEqual([]);
    expect((await deploy('StreamKey', { ChannelArn: channel.physicalId })).attributes['Value']).toMatch(/^sk_/);
  });
});

describeWithAwsCli('IVS by the AWS CLI', () => {
  it('creates and lists channels, and tells errors by name', async () => {
    const created = await awsCli(stage.settings, 'ivs', 'create-channel', '--name', 'cli', '--type', 'BASIC', '--latency-mode', 'NORMAL', '--authorized');
    const listed = await awsCli(stage.settings, 'ivs', 'list-channels', '--filter-by-name', 'cli');

    expect(created).toMatchObject({ channel: { name: 'cli', type: 'BASIC', latencyMode: 'NORMAL', authorized: true }, streamKey: { value: expect.stringMatching(/^sk_/) } });
    expect(listed).toMatchObject({ channels: [{ name: 'cli' }] });
    await expect(awsCli(stage.settings, 'ivs', 'get-stream', '--channel-arn', (created as { channel: { arn: string } }).channel.arn)).rejects.toThrow('ChannelNotBroadcasting');
  });
});

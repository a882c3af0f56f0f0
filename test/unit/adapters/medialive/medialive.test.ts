import {
  ConflictException, DescribeChannelCommand, DescribeInputCommand, GatewayTimeoutException, MediaLiveClient, NotFoundException, StartChannelCommand, StopChannelCommand,
  UpdateInputCommand, type DescribeChannelCommandOutput,
} from '@aws-sdk/client-medialive';
import { mockClient } from 'aws-sdk-client-mock';
import { mediaLiveChannelControl } from '../../../../lambda/adapters/medialive/channel-control.ts';
import { mediaLiveInputControl } from '../../../../lambda/adapters/medialive/input-control.ts';

const medialive = mockClient(MediaLiveClient);
const client = new MediaLiveClient({ region: 'us-east-1' });
const channels = mediaLiveChannelControl(client);
const inputs = mediaLiveInputControl(client);
const conflict = new ConflictException({ message: 'not now', $metadata: {} });

const h264 = (Bitrate: number) => ({ H264Settings: { Bitrate, FramerateControl: 'SPECIFIED' as const, FramerateNumerator: 30_000, FramerateDenominator: 1_001 } });

const described: Partial<DescribeChannelCommandOutput> = {
  Arn: 'arn:aws:medialive:us-east-1:123456789012:channel:1',
  ChannelClass: 'SINGLE_PIPELINE',
  State: 'IDLE',
  InputSpecification: { Codec: 'AVC', Resolution: 'HD', MaximumBitrate: 'MAX_20_MBPS' },
  InputAttachments: [{ InputId: '11', InputAttachmentName: 'a' }],
  EncoderSettings: {
    AudioDescriptions: [], TimecodeConfig: { Source: 'SYSTEMCLOCK' },
    VideoDescriptions: [
      { Name: 'v1080', Width: 1920, Height: 1080, CodecSettings: h264(5_000_000) },
      { Name: 'v240', Width: 426, Height: 240, CodecSettings: { H265Settings: { MaxBitrate: 750_000, FramerateNumerator: 30, FramerateDenominator: 1 } } },
    ],
    OutputGroups: [
      { Name: 'packager', OutputGroupSettings: {}, Outputs: [{ OutputName: '1080', VideoDescriptionName: 'v1080', OutputSettings: {} }, { OutputName: '240', VideoDescriptionName: 'v240', OutputSettings: {} }] },
      { Name: 'archive', OutputGroupSettings: {}, Outputs: [{ OutputName: 'full', VideoDescriptionName: 'v1080', OutputSettings: {} }] },
    ],
  },
};

beforeEach(() => medialive.reset());

describe('a channel', () => {
  it('is read with every input and every output of every group', async () => {
    medialive.on(DescribeChannelCommand).resolves(described);

    const { inputs: attached, outputs, channelClass } = await channels.describe('1');

    expect(channelClass).toBe('SINGLE_PIPELINE');
    expect(attached).toEqual([{ name: 'a', codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_20_MBPS' }]);
    const hd = { codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30_000 / 1_001 };
    expect(outputs).toEqual([
      { outputGroup: 'packager', name: '1080', ...hd },
      { outputGroup: 'packager', name: '240', codec: 'HEVC', widthPixels: 426, heightPixels: 240, bitsPerSecond: 750_000, framesPerSecond: 30 },
      { outputGroup: 'archive', name: 'full', ...hd },
    ]);
  });

  it('is read at its own class with every input attached', async () => {
    const InputAttachments = ['primary', 'backup'].map((InputAttachmentName, index) => ({ InputId: `1${index}`, InputAttachmentName }));
    medialive.on(DescribeChannelCommand).resolves({ ...described, ChannelClass: 'STANDARD', InputAttachments });

    const { channelClass, inputs: attached, outputs } = await channels.describe('1');

    expect(channelClass).toBe('STANDARD');
    expect(attached.map(({ name, maximumBitrate }) => [name, maximumBitrate])).toEqual([['primary', 'MAX_20_MBPS'], ['backup', 'MAX_20_MBPS']]);
    expect(outputs).toHaveLength(3);
  });

  it('rejects an output that cannot be classed for the bill', async () => {
    const settings = { ...described.EncoderSettings!, VideoDescriptions: [{ Name: 'v1080', CodecSettings: h264(1) }] };
    medialive.on(DescribeChannelCommand).resolves({ ...described, EncoderSettings: settings });

    await expect(channels.describe('1')).rejects.toThrow(/v1080 of channel 1 cannot be classed/);
  });

  it.each([['RECOVERING', 'RUNNING'], ['STOPPING', 'STOPPING'], ['UPDATING', 'CHANGING']] as const)('that is %s is %s', async (State, expected) => {
    medialive.on(DescribeChannelCommand).resolves({ State });

    expect(await channels.state('1')).toBe(expected);
  });

  it.each([['STARTING', 'start'], ['RUNNING', 'start'], ['STOPPING', 'stop'], ['IDLE', 'stop']] as const)('that is %s already need not %s', async (State, verb) => {
    medialive.on(StartChannelCommand).rejects(conflict).on(StopChannelCommand).rejects(conflict).on(DescribeChannelCommand).resolves({ State });

    await expect(channels[verb]('1')).resolves.toBeUndefined();
  });

  it('rejects a start or stop that its state forbids', async () => {
    medialive.on(StartChannelCommand).rejects(conflict).on(StopChannelCommand).rejects(conflict).on(DescribeChannelCommand).resolves({ State: 'UPDATING' });

    await expect(channels.start('1')).rejects.toMatchObject({ name: 'Conflict', details: { state: 'CHANGING' } });
    await expect(channels.stop('1')).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('fails with errors of the domain', async () => {
    medialive.on(DescribeChannelCommand).rejectsOnce(new NotFoundException({ message: 'none', $metadata: {} })).rejects(new GatewayTimeoutException({ message: 'late', $metadata: {} }));

    await expect(channels.state('1')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(channels.state('1')).rejects.toMatchObject({ name: 'Unavailable', code: 'medialive-unavailable' });
  });
});

describe('an input', () => {
  it('tells where it is reached, without its present stream name', async () => {
    medialive.on(DescribeInputCommand).resolves({ Destinations: [{ Ip: '203.0.113.7', Port: '1935', Url: 'rtmp://203.0.113.7:1935/live/old' }] });

    expect(await inputs.endpoints('11')).toEqual([{ base: 'rtmp://203.0.113.7:1935' }]);
  });

  it('is given stream names', async () => {
    medialive.on(UpdateInputCommand).resolves({});

    await inputs.rename('11', ['live/new']);

    expect(medialive.commandCalls(UpdateInputCommand)[0]?.args[0].input).toEqual({ InputId: '11', Destinations: [{ StreamName: 'live/new' }] });
  });

  it('rejects other names while its channel runs', async () => {
    medialive.on(UpdateInputCommand).rejects(conflict);

    await expect(inputs.rename('11', ['live/new'])).rejects.toMatchObject({ name: 'Conflict', code: 'input-in-use' });
  });
});

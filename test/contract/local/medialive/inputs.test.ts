import {
  CreateInputCommand, CreateInputSecurityGroupCommand, DeleteInputCommand, DescribeInputCommand, DescribeInputSecurityGroupCommand, UpdateInputCommand, UpdateInputSecurityGroupCommand,
  type CreateInputCommandInput,
} from '@aws-sdk/client-medialive';
import { createSocket } from 'node:dgram';
import { sharedStateStore } from '../../../support/shared-state-store.ts';
import { fakeRelays } from '../../../support/media/fake-relay.ts';
import { channelRoleArn, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { createInput, createSecurityGroup, createTwoInputPipeline } from '../../../support/media/two-input-pipeline.ts';

let stage: MediaStage;
let securityGroupId: string;

beforeEach(async () => {
  stage = await startMediaStage(() => [], undefined, { createRelay: fakeRelays().create });
  securityGroupId = await createSecurityGroup(stage);
});

afterEach(() => stage.close());

const create = (input: CreateInputCommandInput) => stage.mediaLive.send(new CreateInputCommand({ Name: 'an input', ...input }));
const rtmp = (...names: string[]) => ({ Type: 'RTMP_PUSH', Destinations: names.map((StreamName) => ({ StreamName })) }) as const;
const vpc = { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] };

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(true));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(false)));
  });

describe('inputs of local MediaLive', () => {
  it.each([
    ['SINGLE_PIPELINE', ['live/a']],
    ['STANDARD', ['live/a', 'live/b']],
  ])('are %s by the number of stream names', async (inputClass, names) => {
    const { Input } = await create({ ...rtmp(...names), InputSecurityGroups: [securityGroupId] });

    expect(Input).toMatchObject({ Type: 'RTMP_PUSH', InputClass: inputClass, State: 'DETACHED', InputSourceType: 'STATIC' });
    expect(Input!.Destinations!.map(({ Url }) => Url)).toEqual(names.map((name) => `rtmp://127.0.0.1:${stage.rtmpPort}/${name}`));
  });

  it('give RTP two endpoints on ports of its own', async () => {
    const { Input } = await create({ Type: 'RTP_PUSH', InputSecurityGroups: [securityGroupId] });

    const ports = Input!.Destinations!.map(({ Port }) => Number(Port));
    expect(Input).toMatchObject({ InputClass: 'STANDARD', Destinations: ports.map((port) => ({ Ip: '127.0.0.1', Port: String(port), Url: `rtp://127.0.0.1:${port}` })) });
    expect(new Set(ports).size).toBe(2);
    expect(await Promise.all(ports.map(isTaken))).toEqual([true, true]);
  });

  it('give up their ports when they are deleted', async () => {
    const { Input } = await create({ Type: 'RTP_PUSH', InputSecurityGroups: [securityGroupId] });

    await stage.mediaLive.send(new DeleteInputCommand({ InputId: Input!.Id! }));

    expect(await Promise.all(Input!.Destinations!.map(({ Port }) => isTaken(Number(Port))))).toEqual([false, false]);
  });

  it('keep their ports over a restart', async () => {
    const state = sharedStateStore();
    const first = await startMediaStage(() => [], state);
    const { Input } = await first.mediaLive.send(new CreateInputCommand({ Type: 'RTP_PUSH', InputSecurityGroups: [await createSecurityGroup(first)] }));
    await first.close();

    const second = await startMediaStage(() => [], state);

    expect((await second.mediaLive.send(new DescribeInputCommand({ InputId: Input!.Id! }))).Destinations).toEqual(Input!.Destinations);
    await second.close();
  });

  it('need no security group in a VPC', async () => {
    const { Input } = await create({ ...rtmp('live/a'), Vpc: vpc, RoleArn: channelRoleArn });

    expect(Input).toMatchObject({ State: 'DETACHED', SecurityGroups: [] });
  });

  it('name their partner in a failover pair', async () => {
    const { primaryId, backupId, channelId } = await createTwoInputPipeline(stage);

    expect(await stage.mediaLive.send(new DescribeInputCommand({ InputId: primaryId }))).toMatchObject({ AttachedChannels: [channelId], InputPartnerIds: [backupId], State: 'ATTACHED' });
    expect((await stage.mediaLive.send(new DescribeInputCommand({ InputId: backupId }))).InputPartnerIds).toEqual([primaryId]);
  });

  it('keep type and network when they are updated', async () => {
    const id = await createInput(stage, 'main', securityGroupId);

    const { Input } = await stage.mediaLive.send(new UpdateInputCommand({ InputId: id, Name: 'renamed', Destinations: [{ StreamName: 'x/1' }, { StreamName: 'x/2' }] }));

    expect(Input).toMatchObject({ Name: 'renamed', Type: 'RTMP_PUSH', InputClass: 'STANDARD', SecurityGroups: [securityGroupId] });
  });

  it.each<[string, CreateInputCommandInput, RegExp]>([
    ['no type', {}, /Type is missing/],
    ['another type', { Type: 'URL_PULL' }, /RTMP_PUSH, RTP_PUSH/],
    ['no stream name', { ...rtmp() }, /0 stream names/],
    ['three stream names', { ...rtmp('a/1', 'a/2', 'a/3') }, /3 stream names/],
    ['a stream name without instance', { ...rtmp('alone') }, /applicationName\/applicationInstance/],
    ['one stream name twice', { ...rtmp('a/1', 'a/1') }, /same StreamName twice/],
    ['stream names on RTP', { ...rtmp('a/1'), Type: 'RTP_PUSH' }, /RTP_PUSH input has none/],
    ['no security group', { ...rtmp('a/1'), InputSecurityGroups: [] }, /InputSecurityGroups is empty/],
    ['a security group that is not there', { ...rtmp('a/1'), InputSecurityGroups: ['99'] }, /99 does not exist/],
    ['a security group in a VPC', { ...rtmp('a/1'), Vpc: vpc, RoleArn: channelRoleArn, InputSecurityGroups: ['1'] }, /on an input in a VPC/],
    ['one subnet', { ...rtmp('a/1'), Vpc: { SubnetIds: ['subnet-1'] } }, /1 subnets, expected 2/],
    ['one subnet twice', { ...rtmp('a/1'), Vpc: { SubnetIds: ['subnet-1', 'subnet-1'] } }, /1 subnets, expected 2/],
    ['six security groups', { ...rtmp('a/1'), Vpc: { ...vpc, SecurityGroupIds: ['1', '2', '3', '4', '5', '6'] } }, /6 groups, expected at most 5/],
    ['a VPC without a role', { ...rtmp('a/1'), Vpc: vpc }, /RoleArn is missing/],
    ['a static address', { ...rtmp('a/1'), Destinations: [{ StreamName: 'a/1', StaticIpAddress: '203.0.113.1' }] }, /staticIpAddress/],
    ['sources', { ...rtmp('a/1'), Sources: [{ Url: 'http://127.0.0.1' }] }, /sources/],
  ])('reject %s', async (_, input, message) => {
    await expect(create({ InputSecurityGroups: [securityGroupId], ...input, ...(input.Vpc === undefined || input.InputSecurityGroups !== undefined ? {} : { InputSecurityGroups: [] }) }))
      .rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringMatching(message) });
  });
});

describe('input security groups of local MediaLive', () => {
  it('are in use once an input has them', async () => {
    const state = async () => (await stage.mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId }))).State;
    const before = await state();
    const id = await createInput(stage, 'main', securityGroupId);

    expect([before, await state()]).toEqual(['IDLE', 'IN_USE']);
    expect((await stage.mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId }))).Inputs).toEqual([id]);
  });

  it('take other rules at any time', async () => {
    await stage.mediaLive.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId, WhitelistRules: [{ Cidr: '203.0.113.0/24' }, { Cidr: '0.0.0.0/0' }] }));

    expect((await stage.mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId }))).WhitelistRules).toEqual([{ Cidr: '203.0.113.0/24' }, { Cidr: '0.0.0.0/0' }]);
  });

  it('reject what is no range', async () => {
    await expect(stage.mediaLive.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: securityGroupId, WhitelistRules: [{ Cidr: '::1/128' }] }))).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});

describe('quotas of local MediaLive', () => {
  it('reject what goes beyond them when they are set', async () => {
    const small = await startMediaStage(() => [], undefined, { quotas: { channels: 0, pushInputs: 1, securityGroups: 1 } });
    const group = await createSecurityGroup(small);
    const fast = { InputSecurityGroups: [group] };
    await small.mediaLive.send(new CreateInputCommand({ ...rtmp('live/a'), ...fast }));

    await expect(small.mediaLive.send(new CreateInputCommand({ ...rtmp('live/b'), ...fast }))).rejects.toMatchObject({ name: 'TooManyRequestsException', message: expect.stringContaining('1 push inputs') });
    await expect(small.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [] }))).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await expect(small.mediaLive.send(new CreateInputCommand({ ...rtmp('live/c'), Vpc: vpc, RoleArn: channelRoleArn }))).resolves.toBeDefined();
    await small.close();
  });
});

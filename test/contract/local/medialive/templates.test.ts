import { DescribeChannelCommand, DescribeInputCommand, DescribeInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import { mediaLiveProviders } from '../../../../local/assembly/resources/medialive.ts';
import { startMediaStage, owner, channelRoleArn, type MediaStage } from '../../../support/media/media-stage.ts';
import { aTwoInputChannel } from '../../../support/media/two-input-pipeline.ts';

let stage: MediaStage;

beforeEach(async () => {
  stage = await startMediaStage();
});

afterEach(() => stage.close());

const provider = (type: string) => mediaLiveProviders(stage.settings).find((one) => one.type === `AWS::MediaLive::${type}`)!;
const context = (logicalId: string) => ({ stackName: 'pipeline', logicalId, ...owner });
const create = async (type: string, logicalId: string, properties: Record<string, unknown>): Promise<string> => (await provider(type).create(properties, context(logicalId))).physicalId;

describe('MediaLive resources of templates', () => {
  it('become inputs, a failover pair and two pipelines', async () => {
    const group = await create('InputSecurityGroup', 'Sources', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
    const [primary, backup] = await Promise.all(['Primary', 'Backup'].map((name) => create('Input', name, { Name: name, Type: 'RTP_PUSH', InputSecurityGroups: [group], Tags: { pipeline: 'pl_rtp' } })));
    const { Name, ChannelClass, InputAttachments, Destinations, EncoderSettings, RoleArn, InputSpecification } = aTwoInputChannel(primary!, backup!, { channelClass: 'STANDARD' });

    const channel = await create('Channel', 'Channel', { Name, ChannelClass, InputAttachments, Destinations, EncoderSettings, RoleArn, InputSpecification });

    expect(await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: channel }))).toMatchObject({ State: 'IDLE', ChannelClass: 'STANDARD', InputAttachments, Destinations });
    expect(await stage.mediaLive.send(new DescribeInputCommand({ InputId: primary! }))).toMatchObject({ Type: 'RTP_PUSH', InputPartnerIds: [backup], Tags: { pipeline: 'pl_rtp' } });
  });

  it('become an input in a VPC', async () => {
    const id = await create('Input', 'Main', { Name: 'main', Type: 'RTMP_PUSH', Destinations: [{ StreamName: 'live/a' }], Vpc: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] }, RoleArn: channelRoleArn });

    expect(await stage.mediaLive.send(new DescribeInputCommand({ InputId: id }))).toMatchObject({ SecurityGroups: [], State: 'DETACHED' });
  });

  it('change the rules of a security group in place', async () => {
    const group = await provider('InputSecurityGroup').create({ WhitelistRules: [{ Cidr: '127.0.0.1/32' }] }, context('Sources'));

    await provider('InputSecurityGroup').update!(group, { WhitelistRules: [{ Cidr: '203.0.113.0/24' }] }, context('Sources'));

    expect((await stage.mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: group.physicalId }))).WhitelistRules).toEqual([{ Cidr: '203.0.113.0/24' }]);
  });
});

import { CreateInputCommand, DescribeInputSecurityGroupCommand, ListInputSecurityGroupsCommand, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import { assemble } from '../../../../local/assembly/assemble.ts';
import { mediaLiveProviders } from '../../../../local/assembly/resources/medialive.ts';
import { templateSchema } from '../../../../local/assembly/template/template.ts';
import { startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';

let stage: MediaStage;

beforeAll(async () => {
  stage = await startMediaStage();
});

afterAll(() => stage.close());

const deploy = async (allowedSources: readonly string[], tag = 'one'): Promise<void> => {
  const group = { Type: 'AWS::MediaLive::InputSecurityGroup', Properties: { WhitelistRules: allowedSources.map((Cidr) => ({ Cidr })) } };
  // Something else of the stack changes with every deployment.
  const other = { Type: 'AWS::MediaLive::InputSecurityGroup', Properties: { WhitelistRules: [{ Cidr: '10.0.0.1/32' }], Tags: { version: tag } } };
  await assemble({
    assembly: { stacks: [{ stackName: 'pipeline', dependencies: [], template: templateSchema.parse({ Resources: { Sources: group, Other: other } }) }], assetPaths: new Map() },
    ...{ accountId: '123456789012', region: 'us-east-1', providers: mediaLiveProviders(stage.settings), state: stage.state },
    readSecret: async () => '',
    events: { emit: () => undefined },
  });
};

const groupOf = async (cidr: string): Promise<string> => {
  const { InputSecurityGroups = [] } = await stage.mediaLive.send(new ListInputSecurityGroupsCommand({}));
  return InputSecurityGroups.find(({ WhitelistRules = [] }) => WhitelistRules.some(({ Cidr }) => Cidr === cidr))?.Id ?? '';
};

const sourcesOf = async (InputSecurityGroupId: string): Promise<readonly (string | undefined)[]> => {
  const { WhitelistRules = [] } = await stage.mediaLive.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId }));
  return WhitelistRules.map(({ Cidr }) => Cidr);
};

describe('the sources of a running show', () => {
  it('outlive a deployment that does not change the pipeline\'s own', async () => {
    await deploy(['203.0.113.7/32']);
    const id = await groupOf('203.0.113.7/32');
    await stage.mediaLive.send(new CreateInputCommand({ Type: 'RTMP_PUSH', Name: 'a', InputSecurityGroups: [id], Destinations: [{ StreamName: 'live/a' }] }));
    await stage.mediaLive.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: id, WhitelistRules: [{ Cidr: '198.51.100.1/32' }] }));

    await deploy(['203.0.113.7/32'], 'two');

    await expect(sourcesOf(id)).resolves.toEqual(['198.51.100.1/32']);
  });

  it('are replaced by a deployment that changes the pipeline\'s own', async () => {
    const id = await groupOf('198.51.100.1/32');

    await deploy(['203.0.113.8/32'], 'three');

    await expect(sourcesOf(id)).resolves.toEqual(['203.0.113.8/32']);
  });
});

import { CreateInputSecurityGroupCommand, DescribeScheduleCommand } from '@aws-sdk/client-medialive';
import { mediaLiveInputSwitches } from '../../../../lambda/adapters/medialive/input-switches.ts';
import { mediaLiveSourceControl } from '../../../../lambda/adapters/medialive/source-control.ts';
import { createPipeline, type Pipeline } from '../../../support/media/channel-declaration.ts';
import { type MediaStage, startMediaStage } from '../../../support/media/media-stage.ts';

let stage: MediaStage;
let pipeline: Pipeline;

beforeAll(async () => {
  stage = await startMediaStage();
  pipeline = await createPipeline(stage);
});

afterAll(() => stage.close());

describe('the schedule of a channel', () => {
  const switches = () => mediaLiveInputSwitches(stage.mediaLive);
  const namesOf = async (): Promise<readonly string[]> =>
    ((await stage.mediaLive.send(new DescribeScheduleCommand({ ChannelId: pipeline.channelId }))).ScheduleActions ?? []).map(({ ActionName = '' }) => ActionName);

  it('takes a switch once by its name, keeps the newest, and is cleared', async () => {
    const { channelId } = pipeline;
    for (let turn = 0; turn < 25; turn += 1) await switches().switchTo({ channelId, input: 'main', name: `main-r${turn}` });
    await switches().switchTo({ channelId, input: 'main', name: 'main-r24' });

    expect(await namesOf()).toEqual(Array.from({ length: 21 }, (_, index) => `main-r${index + 4}`));
    await switches().clear(channelId);
    await switches().clear(channelId);

    expect(await namesOf()).toEqual([]);
  });

  it('fails for an input that the channel has not, and for a channel that there is not', async () => {
    await expect(switches().switchTo({ channelId: pipeline.channelId, input: 'third', name: 'third-r1' })).rejects.toMatchObject({ name: 'Conflict', code: 'schedule-refused' });
    await expect(switches().switchTo({ channelId: '404404', input: 'main', name: 'main-r1' })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(switches().clear('404404')).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('an input security group', () => {
  const sources = () => mediaLiveSourceControl(stage.mediaLive);

  it('lets in what it is told, and nobody else', async () => {
    const { SecurityGroup } = await stage.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: '198.51.100.0/24' }] }));
    const groupId = SecurityGroup!.Id!;

    await sources().allow(groupId, ['203.0.113.7/32', '192.0.2.0/24']);

    expect([...(await sources().allowed(groupId))].sort()).toEqual(['192.0.2.0/24', '203.0.113.7/32']);
    await expect(sources().allowed('404404')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(sources().allow('404404', ['203.0.113.7/32'])).rejects.toMatchObject({ name: 'NotFound' });
  });
});

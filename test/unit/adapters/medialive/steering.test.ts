import {
  BatchUpdateScheduleCommand, DeleteScheduleCommand, DescribeInputSecurityGroupCommand, DescribeScheduleCommand, MediaLiveClient, NotFoundException, TooManyRequestsException,
  UnprocessableEntityException, UpdateInputSecurityGroupCommand, type ScheduleAction,
} from '@aws-sdk/client-medialive';
import { mockClient } from 'aws-sdk-client-mock';
import { mediaLiveInputSwitches } from '../../../../lambda/adapters/medialive/input-switches.ts';
import { mediaLiveSourceControl } from '../../../../lambda/adapters/medialive/source-control.ts';

const medialive = mockClient(MediaLiveClient);
const client = new MediaLiveClient({ region: 'us-east-1' });
const switches = mediaLiveInputSwitches(client);
const sources = mediaLiveSourceControl(client);
const told = { message: 'no', $metadata: {} };

const aSwitch = (ActionName: string): ScheduleAction => ({
  ActionName, ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} }, ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: 'backup' } },
});
const scheduled = (count: number): ScheduleAction[] => Array.from({ length: count }, (_, index) => aSwitch(`old-${index}`));
const command = { channelId: '1', input: 'backup', name: 'backup-r1' };

beforeEach(() => medialive.reset());

describe('a switch of the input', () => {
  it('is an immediate action of the channel\'s schedule', async () => {
    medialive.on(DescribeScheduleCommand).resolves({ ScheduleActions: [] }).on(BatchUpdateScheduleCommand).resolves({});

    await switches.switchTo(command);

    expect(medialive.commandCalls(BatchUpdateScheduleCommand)[0]?.args[0].input).toEqual({ ChannelId: '1', Creates: { ScheduleActions: [aSwitch('backup-r1')] } });
  });

  it('is carried out once by its name', async () => {
    medialive.on(DescribeScheduleCommand).resolvesOnce({ ScheduleActions: scheduled(1), NextToken: 'more' }).resolves({ ScheduleActions: [aSwitch('backup-r1')] });

    await switches.switchTo(command);

    expect(medialive.commandCalls(BatchUpdateScheduleCommand)).toEqual([]);
  });

  it('takes stale actions away, all but the newest, and no others', async () => {
    const paused: ScheduleAction = { ...aSwitch('pause'), ScheduleActionSettings: { PauseStateSettings: {} } };
    medialive.on(DescribeScheduleCommand).resolves({ ScheduleActions: [paused, ...scheduled(1_400)] }).on(BatchUpdateScheduleCommand).resolves({});

    await switches.switchTo(command);

    const names = medialive.commandCalls(BatchUpdateScheduleCommand)[0]?.args[0].input.Deletes?.ActionNames ?? [];
    expect([names.length, names[0], names.at(-1)]).toEqual([100, 'old-0', 'old-99']);
  });

  it.each([
    ['refuses', new UnprocessableEntityException({ ...told, ValidationErrors: [{ ElementPath: 'x', ErrorMessage: 'no such attachment' }] }), { name: 'Conflict', message: expect.stringContaining('no such attachment') as string }],
    ['does not exist', new NotFoundException(told), { name: 'NotFound' }],
    ['is throttled', new TooManyRequestsException(told), { name: 'Unavailable' }],
  ])('fails when the channel %s', async (_what, error, expected) => {
    medialive.on(DescribeScheduleCommand).resolves({}).on(BatchUpdateScheduleCommand).rejects(error);

    await expect(switches.switchTo(command)).rejects.toMatchObject(expected);
  });

  it('is forgotten with the whole schedule', async () => {
    medialive.on(DeleteScheduleCommand).resolves({});

    await switches.clear('1');

    expect(medialive.commandCalls(DeleteScheduleCommand)[0]?.args[0].input).toEqual({ ChannelId: '1' });
  });
});

describe('an input security group', () => {
  it('lets in the ranges that it is given, and tells them', async () => {
    medialive.on(DescribeInputSecurityGroupCommand).resolves({ WhitelistRules: [{ Cidr: '203.0.113.7/32' }, {}] }).on(UpdateInputSecurityGroupCommand).resolves({});

    await sources.allow('77', ['203.0.113.7/32']);

    expect(await sources.allowed('77')).toEqual(['203.0.113.7/32']);
    expect(medialive.commandCalls(UpdateInputSecurityGroupCommand)[0]?.args[0].input).toEqual({ InputSecurityGroupId: '77', WhitelistRules: [{ Cidr: '203.0.113.7/32' }] });
  });

  it('fails when there is none, or for now', async () => {
    medialive.on(DescribeInputSecurityGroupCommand).rejects(new NotFoundException(told)).on(UpdateInputSecurityGroupCommand).rejects(new TooManyRequestsException(told));

    await expect(sources.allowed('77')).rejects.toMatchObject({ code: 'input-security-group-not-found' });
    await expect(sources.allow('77', [])).rejects.toMatchObject({ name: 'Unavailable' });
  });
});

import { BatchUpdateScheduleCommand, DeleteScheduleCommand, DescribeChannelCommand, DescribeScheduleCommand, StartChannelCommand, type ScheduleAction } from '@aws-sdk/client-medialive';
import { fakeRelays } from '../../../support/media/fake-relay.ts';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { createTwoInputPipeline, type TwoInputOptions } from '../../../support/media/two-input-pipeline.ts';

let stage: MediaStage;
let relays: ReturnType<typeof fakeRelays>;
let channelId: string;

beforeEach(async () => {
  relays = fakeRelays();
  stage = await startMediaStage(() => [], undefined, { createRelay: relays.create });
});

afterEach(() => stage.close());

const equal: TwoInputOptions = { failover: { InputPreference: 'EQUAL_INPUT_PREFERENCE' } };
const pipeline = async (options: TwoInputOptions = equal): Promise<void> => {
  ({ channelId } = await createTwoInputPipeline(stage, options));
};
const run = async (): Promise<void> => {
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'RUNNING');
};
const aSwitch = (ActionName: string, InputAttachmentNameReference: string): ScheduleAction => ({
  ActionName, ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference } }, ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
});
const add = (...ScheduleActions: ScheduleAction[]) => stage.mediaLive.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Creates: { ScheduleActions } }));
const remove = (...ActionNames: string[]) => stage.mediaLive.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Deletes: { ActionNames } }));
const names = async (): Promise<unknown[]> => (await stage.mediaLive.send(new DescribeScheduleCommand({ ChannelId: channelId }))).ScheduleActions!.map(({ ActionName }) => ActionName);
const changes = () => stage.events.filter(({ detailType }) => detailType === 'MediaLive Channel Input Change').map(({ detail }) => detail);

describe('schedules of local MediaLive', () => {
  it('switch a running channel at once, and say so', async () => {
    await pipeline();
    await run();

    const answer = await add(aSwitch('to-backup', 'backup'));

    expect(answer.Creates!.ScheduleActions).toEqual([aSwitch('to-backup', 'backup')]);
    expect(changes()).toEqual([{ pipeline: '0', channel_arn: expect.stringContaining(channelId), message: expect.any(String), active_input_attachment_name: 'backup', active_input_switch_action_name: 'to-backup' }]);
    expect((await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).PipelineDetails).toEqual([{ PipelineId: '0', ActiveInputAttachmentName: 'backup', ActiveInputSwitchActionName: 'to-backup' }]);
  });

  it('switch both pipelines of a STANDARD channel', async () => {
    await pipeline({ ...equal, channelClass: 'STANDARD' });
    await run();

    await add(aSwitch('to-backup', 'backup'));

    expect(changes().map(({ pipeline: id, active_input_attachment_name: input }) => [id, input])).toEqual([['0', 'backup'], ['1', 'backup']]);
  });

  it('name no action when a failover follows a switch', async () => {
    await pipeline();
    await run();
    await add(aSwitch('to-backup', 'backup'));

    relays.made[0]!.say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'primary', previous: 'backup', reason: 'FAILOVER' });

    expect(changes().at(-1)).toEqual({ pipeline: '0', channel_arn: expect.any(String), message: expect.any(String), active_input_attachment_name: 'primary' });
  });

  it('only keep actions while the channel is idle', async () => {
    await pipeline();

    await add(aSwitch('early', 'backup'));

    expect(await names()).toEqual(['early']);
    expect(changes()).toEqual([]);
  });

  it('are deleted by name and as a whole', async () => {
    await pipeline();
    await add(aSwitch('one', 'backup'), aSwitch('two', 'primary'), aSwitch('three', 'backup'));

    expect((await remove('two')).Deletes!.ScheduleActions).toEqual([aSwitch('two', 'primary')]);
    const left = await names();
    await stage.mediaLive.send(new DeleteScheduleCommand({ ChannelId: channelId }));

    expect([left, await names()]).toEqual([['one', 'three'], []]);
  });

  it('are described page by page', async () => {
    await pipeline();
    await add(...['a', 'b', 'c'].map((name) => aSwitch(name, 'backup')));

    const first = await stage.mediaLive.send(new DescribeScheduleCommand({ ChannelId: channelId, MaxResults: 2 }));
    const second = await stage.mediaLive.send(new DescribeScheduleCommand({ ChannelId: channelId, MaxResults: 2, NextToken: first.NextToken }));

    expect([first, second].map(({ ScheduleActions }) => ScheduleActions!.map(({ ActionName }) => ActionName))).toEqual([['a', 'b'], ['c']]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each<[string, ScheduleAction, string, RegExp]>([
    ['an input that is not attached', aSwitch('x', 'third'), '/scheduleActionSettings/inputSwitchSettings/inputAttachmentNameReference', /primary, backup/],
    ['a fixed start', { ...aSwitch('x', 'backup'), ScheduleActionStartSettings: { FixedModeScheduleActionStartSettings: { Time: '2026-11-23T10:00:00.000Z' } } }, '/scheduleActionStartSettings', /Immediate/],
    ['another action', { ...aSwitch('x', 'backup'), ScheduleActionSettings: { PauseStateSettings: { Pipelines: [{ PipelineId: 'PIPELINE_0' }] } } }, '/scheduleActionSettings', /PauseStateSettings/],
    ['clipping', { ...aSwitch('x', 'backup'), ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: 'backup', UrlPath: ['x'] } } }, '/scheduleActionSettings/inputSwitchSettings', /file inputs/],
    ['no name', aSwitch('', 'backup'), '/actionName', /missing/],
  ])('reject %s', async (_, action, path, message) => {
    await pipeline();

    await expect(add(action)).rejects.toMatchObject({
      name: 'UnprocessableEntityException', ValidationErrors: expect.arrayContaining([{ ElementPath: `/creates/scheduleActions[0]${path}`, ErrorMessage: expect.stringMatching(message) }]),
    });
    expect(await names()).toEqual([]);
  });

  it('reject a switch while the primary input is preferred', async () => {
    await pipeline({});
    await run();

    await expect(add(aSwitch('x', 'backup'))).rejects.toMatchObject({ name: 'UnprocessableEntityException', message: expect.stringContaining('EQUAL_INPUT_PREFERENCE') });
    expect(changes()).toEqual([]);
  });

  it('reject names that are there, and deletions of those that are not', async () => {
    await pipeline();
    await add(aSwitch('one', 'backup'));

    await expect(add(aSwitch('one', 'primary'))).rejects.toMatchObject({ message: expect.stringContaining('unique') });
    await expect(remove('two')).rejects.toMatchObject({ message: expect.stringContaining('/deletes/actionNames[0]') });
  });

  it('reject more than 1500 actions', async () => {
    await pipeline();
    await add(...Array.from({ length: 1500 }, (_, index) => aSwitch(`action-${index}`, 'backup')));

    await expect(add(aSwitch('one-more', 'backup'))).rejects.toMatchObject({ message: expect.stringContaining('1501 actions, expected at most 1500') });
  });

  it('reject a channel that does not exist', async () => {
    channelId = '99';

    await expect(add(aSwitch('x', 'backup'))).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(names()).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

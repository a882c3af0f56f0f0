import { CreateChannelCommand, GetStreamSessionCommand, ListStreamSessionsCommand } from '@aws-sdk/client-ivs';
import { openRecords } from '../../../../../local/services/ivs/records.ts';
import { startIvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { sharedStateStore } from '../../../../support/shared-state-store.ts';

describe('local IVS that is started again', () => {
  it('ends the sessions that a crash left, and keeps the channels', async () => {
    const state = sharedStateStore();
    const first = await startIvsStage({}, state);
    const arn = (await first.ivs.send(new CreateChannelCommand({ name: 'cam' }))).channel!.arn!;
    await first.close();
    const { channels, sessions } = openRecords(state);
    sessions.put('st-1', { id: 'st-1', channel: channels.get(arn.split('/')[1]!)!, startedAt: Date.now() - 5000, isLive: true, hasErrorEvent: false, events: [] });

    const second = await startIvsStage({}, state);
    const { streamSessions } = await second.ivs.send(new ListStreamSessionsCommand({ channelArn: arn }));
    const { streamSession } = await second.ivs.send(new GetStreamSessionCommand({ channelArn: arn, streamId: 'st-1' }));
    await second.close();

    expect(streamSessions).toEqual([expect.objectContaining({ streamId: 'st-1', endTime: expect.any(Date) })]);
    expect(streamSession!.truncatedEvents!.map(({ name }) => name)).toEqual(['Stream End']);
  });
});

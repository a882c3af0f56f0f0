import { hearAlert, hearInputChange } from '../../../../lambda/domain/monitoring/hear-events.ts';
import { listLiveShows } from '../../../../lambda/domain/monitoring/live-shows.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { aWatchedShow } from '../../../support/shows/a-watched-show.ts';

const operator = aCaller({ accountId: 'PLATFORM', role: 'OPERATOR' });

const loss = (input: string) => ({ alertId: input, alertType: 'RTMP Has No Audio/Video', change: 'SET' as const, at: '2026-11-23T10:10:00Z', pipeline: '0', message: `input ${input}: the source has gone` });

describe('listLiveShows', () => {
  it('tells the running show of the account, with its inputs', async () => {
    const show = await aWatchedShow({ breakout: { hardStopAt: '2026-11-23T11:02:00.000Z' } });

    expect(await listLiveShows(show.deps)(aCaller())).toEqual([
      {
        breakoutId: show.breakout.breakoutId,
        eventId: 'evt_1',
        accountId: 'acc_mine',
        title: 'Opening',
        pipelineId: 'pl_main',
        status: 'RUNNING',
        startRequestedAt: '2026-11-23T10:00:00.000Z',
        runningSince: '2026-11-23T10:00:30.000Z',
        hardStopAt: '2026-11-23T11:02:00.000Z',
        activeInputs: [{ pipeline: '0', input: 'primary' }],
        inputs: [{ name: 'primary', state: 'UNKNOWN' }, { name: 'backup', state: 'UNKNOWN' }],
        isDegraded: false,
      },
    ]);
  });

  it('tells what is lost, what arrives, and which input is active', async () => {
    const show = await aWatchedShow();
    const { channelArn } = show.pipeline.channel;
    await hearAlert(show.deps)(channelArn, loss('primary'));
    await hearAlert(show.deps)(channelArn, loss('backup'));
    await hearAlert(show.deps)(channelArn, { ...loss('backup'), change: 'CLEARED', at: '2026-11-23T10:10:02Z' });
    await hearInputChange(show.deps)({ id: 'e1', channelArn, at: '2026-11-23T10:10:03Z', pipeline: '0', input: 'backup' });

    expect(await listLiveShows(show.deps)(aCaller())).toMatchObject([
      {
        activeInputs: [{ pipeline: '0', input: 'backup' }],
        inputs: [{ name: 'primary', state: 'LOST' }, { name: 'backup', state: 'ARRIVING' }],
        isDegraded: true,
      },
    ]);
  });

  it('tells the operator of all accounts, and others of none but theirs', async () => {
    const { deps } = await aWatchedShow();

    expect(await listLiveShows(deps)(operator)).toHaveLength(1);
    expect(await listLiveShows(deps)(aCaller({ accountId: 'acc_other' }))).toEqual([]);
  });

  it.each(['COMPLETED', 'FAILED'] as const)('leaves out a show that is %s, though it is held', async (status) => {
    expect(await listLiveShows((await aWatchedShow({ breakout: { status } })).deps)(operator)).toEqual([]);
  });

  it('leaves out pipelines that nobody holds', async () => {
    const show = await aWatchedShow();
    show.holds.clear();

    expect(await listLiveShows(show.deps)(operator)).toEqual([]);
  });
});

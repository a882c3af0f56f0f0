import type { CamRunStore, ChannelRunStore, ShowRunStore } from '../../../lambda/domain/breakouts/channel-run-store.ts';
import { aCamRun } from '../shows/a-cam-plan.ts';
import { aRequestedRun } from '../shows/a-plan.ts';

/** What every keeper of runs of both kinds does. */
export const describeCamRunStoreContract = (stores: () => { readonly channelRuns: ChannelRunStore; readonly camRuns: CamRunStore; readonly showRuns: ShowRunStore }): void => {
  it('keeps a Cam run as it was begun first, and what was seen of it', async () => {
    const { camRuns } = stores();
    const run = aCamRun({ channel: { ...aCamRun().channel, type: 'ADVANCED_HD', preset: 'HIGHER_BANDWIDTH_DELIVERY' } });

    expect(await camRuns.begin(run)).toEqual(run);
    expect(await camRuns.begin({ ...run, requestedAt: '2026-11-23T10:30:00.000Z' })).toEqual(run);
    await camRuns.observe(run.breakoutId, 1, { started: { at: '2026-11-23T10:00:05.000Z', source: 'POLL' } });
    await camRuns.noteStopRequest(run.breakoutId, 1, '2026-11-23T11:00:00.000Z');

    expect(await camRuns.list(run.breakoutId)).toEqual([{ ...run, started: { at: '2026-11-23T10:00:05.000Z', source: 'POLL' }, stopRequestedAt: '2026-11-23T11:00:00.000Z' }]);
  });

  it('shows no run to who knows the other kind alone', async () => {
    const { channelRuns, camRuns } = stores();
    const cam = await camRuns.begin(aCamRun());
    const pro = await channelRuns.begin(aRequestedRun());

    expect(await channelRuns.get(cam.breakoutId, 1)).toBeUndefined();
    expect(await channelRuns.list(cam.breakoutId)).toEqual([]);
    expect(await camRuns.get(pro.breakoutId, 1)).toBeUndefined();
  });

  it('shows and changes runs of both kinds to who asks for any', async () => {
    const { channelRuns, camRuns, showRuns } = stores();
    const cam = await camRuns.begin(aCamRun());
    const pro = await channelRuns.begin(aRequestedRun());
    const started = { at: '2026-11-23T10:00:05.000Z', source: 'EVENT' } as const;

    await showRuns.observe(cam.breakoutId, 1, { started });
    await showRuns.observe(pro.breakoutId, 1, { started });

    expect(await showRuns.get(cam.breakoutId, 1)).toEqual({ ...cam, started });
    expect(await channelRuns.get(pro.breakoutId, 1)).toEqual({ ...pro, started });
  });
};

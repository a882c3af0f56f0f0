import type { ChannelRunStore } from '../../../lambda/domain/breakouts/channel-run-store.ts';
import { aRequestedRun } from '../shows/a-plan.ts';

/** What every keeper of channel runs does. */
export const describeChannelRunStoreContract = (store: () => ChannelRunStore): void => {
  it('keeps a run as it was begun first', async () => {
    const run = aRequestedRun();

    expect(await store().begin(run)).toEqual(run);
    expect(await store().begin({ ...run, requestedAt: '2026-11-23T10:30:00.000Z' })).toEqual(run);
    expect(await store().get(run.breakoutId, 1)).toEqual(run);
  });

  it('lets an event override a poll, whichever comes first', async () => {
    const run = await store().begin(aRequestedRun());
    const { breakoutId } = run;

    await store().observe(breakoutId, 1, { started: { at: '2026-11-23T10:00:40.000Z', source: 'POLL' } });
    await store().observe(breakoutId, 1, { started: { at: '2026-11-23T10:00:31.000Z', source: 'EVENT' } });
    await store().observe(breakoutId, 1, { started: { at: '2026-11-23T10:00:20.000Z', source: 'POLL' } });
    await store().observe(breakoutId, 1, { ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' } });

    expect(await store().get(breakoutId, 1)).toEqual({
      ...run,
      started: { at: '2026-11-23T10:00:31.000Z', source: 'EVENT' },
      ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' },
    });
  });

  it('loses no observation when many come at once', async () => {
    const { breakoutId } = await store().begin(aRequestedRun());

    await Promise.all([
      store().observe(breakoutId, 1, { started: { at: '2026-11-23T10:00:31.000Z', source: 'EVENT' } }),
      store().observe(breakoutId, 1, { ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' } }),
      store().noteStopRequest(breakoutId, 1, '2026-11-23T10:59:00.000Z'),
    ]);

    const run = await store().get(breakoutId, 1);
    expect(run).toMatchObject({ started: { source: 'EVENT' }, ended: { source: 'EVENT' }, stopRequestedAt: '2026-11-23T10:59:00.000Z' });
  });

  it('ignores what is seen of a run that is not there', async () => {
    expect(await store().observe('bko_none', 1, { started: { at: '2026-11-23T10:00:31.000Z', source: 'EVENT' } })).toBeUndefined();
    expect(await store().get('bko_none', 1)).toBeUndefined();
  });

  it('lists the runs of a breakout by attempt', async () => {
    const first = await store().begin(aRequestedRun());
    const second = await store().begin({ ...first, attempt: 2 });

    expect(await store().list(first.breakoutId)).toEqual([first, second]);
  });
};

import type { ChannelRun } from '../../../../lambda/domain/breakouts/channel-run.ts';
import type { RunObservation } from '../../../../lambda/domain/breakouts/channel-run-store.ts';
import type { PipelineHold } from '../../../../lambda/domain/pipelines/pipeline-hold.ts';
import { observeChannel } from '../../../../lambda/domain/usage/observe-channel.ts';
import { aChannelRun, aMeteredPipeline } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryChannelTurns } from '../../../support/usage/memory-overheads.ts';

const { channelArn } = aMeteredPipeline().channel;
const hold: PipelineHold = { pipelineId: 'pl_main', breakoutId: itemIds.breakout, attempt: 1, accountId: itemIds.account, claimedAt: '2026-11-23T10:00:00.500Z' };

const setUp = (run: ChannelRun | undefined = aChannelRun()) => {
  const seen: RunObservation[] = [];
  const turns = memoryChannelTurns();
  const observe = observeChannel({
    pipelines: { list: async () => [aMeteredPipeline()] },
    turns,
    pastHolds: { lastClaimed: async (_pipelineId, at) => (at < hold.claimedAt ? undefined : hold) },
    runs: {
      get: async () => run,
      observe: async (_breakoutId, _attempt, observation) => {
        seen.push(observation);
        return aChannelRun();
      },
    },
  });
  return { seen, observe, turns };
};

describe('observeChannel', () => {
  it.each([
    ['RUNNING', { started: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['STOPPED', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['IDLE', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['CREATED', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
  ])("takes %s of either vocabulary for the holder's run", async (state, expected) => {
    const { seen, observe } = setUp();

    expect(await observe({ channelArn, state, at: '2026-11-23T10:01:00Z' })).toMatchObject({ outcome: 'recorded', show: { breakoutId: itemIds.breakout, attempt: 1 } });
    expect(seen).toEqual([expected]);
  });

  it.each(['STARTING', 'STOPPING', 'RECOVERING', 'UPDATING'])('ignores %s', async (state) => {
    expect(await setUp().observe({ channelArn, state, at: '2026-11-23T10:01:00Z' })).toEqual({ outcome: 'not-a-run-state' });
  });

  it('ignores a channel of no pipeline', async () => {
    expect(await setUp().observe({ channelArn: `${channelArn}0`, state: 'RUNNING', at: '2026-11-23T10:01:00Z' })).toEqual({ outcome: 'unknown-channel' });
  });

  it('keeps what was before anybody held it for the platform', async () => {
    const { seen, observe, turns } = setUp();

    for (const at of ['2026-11-23T09:50:00Z', '2026-11-23T09:50:00Z']) expect(await observe({ channelArn, state: 'RUNNING', at })).toEqual({ outcome: 'held-by-nobody' });
    await observe({ channelArn, state: 'STOPPED', at: '2026-11-23T09:59:00Z' });
    expect(seen).toEqual([]);
    expect(turns.noted).toEqual([{ pipelineId: 'pl_main', at: '2026-11-23T09:50:00.000Z', isOn: true }, { pipelineId: 'pl_main', at: '2026-11-23T09:59:00.000Z', isOn: false }]);
  });

  it('keeps a start by hand after the run for the platform', async () => {
    const { seen, observe, turns } = setUp(aChannelRun({ ended: { at: '2026-11-23T11:00:00.000Z', source: 'POLL' } }));

    expect(await observe({ channelArn, state: 'RUNNING', at: '2026-11-23T11:30:00Z' })).toEqual({ outcome: 'after-the-run' });
    expect(seen).toEqual([]);
    expect(turns.noted).toEqual([{ pipelineId: 'pl_main', at: '2026-11-23T11:30:00.000Z', isOn: true }]);
  });

  it('takes an event of the second of the claim, whose time has no milliseconds', async () => {
    expect(await setUp().observe({ channelArn, state: 'RUNNING', at: '2026-11-23T10:00:00Z' })).toMatchObject({ outcome: 'recorded', show: { breakoutId: itemIds.breakout, attempt: 1 } });
  });
});

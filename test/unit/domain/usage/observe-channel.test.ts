import type { RunObservation } from '../../../../lambda/domain/breakouts/channel-run-store.ts';
import type { PipelineHold } from '../../../../lambda/domain/pipelines/pipeline-hold.ts';
import { observeChannel } from '../../../../lambda/domain/usage/observe-channel.ts';
import { aChannelRun, aMeteredPipeline } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const { channelArn } = aMeteredPipeline().channel;
const hold: PipelineHold = { pipelineId: 'pl_main', breakoutId: itemIds.breakout, attempt: 1, accountId: itemIds.account, claimedAt: '2026-11-23T10:00:00.500Z' };

const setUp = () => {
  const seen: RunObservation[] = [];
  const observe = observeChannel({
    pipelines: { list: async () => [aMeteredPipeline()] },
    holds: { get: async () => hold },
    runs: {
      observe: async (_breakoutId, _attempt, observation) => {
        seen.push(observation);
        return aChannelRun();
      },
    },
  });
  return { seen, observe };
};

describe('observeChannel', () => {
  it.each([
    ['RUNNING', { started: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['STOPPED', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['IDLE', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
    ['CREATED', { ended: { at: '2026-11-23T10:01:00.000Z', source: 'EVENT' } }],
  ])("takes %s of either vocabulary for the holder's run", async (state, expected) => {
    const { seen, observe } = setUp();

    expect(await observe({ channelArn, state, at: '2026-11-23T10:01:00Z' })).toBe('recorded');
    expect(seen).toEqual([expected]);
  });

  it.each(['STARTING', 'STOPPING', 'RECOVERING', 'UPDATING'])('ignores %s', async (state) => {
    expect(await setUp().observe({ channelArn, state, at: '2026-11-23T10:01:00Z' })).toBe('not-a-run-state');
  });

  it('ignores a channel that nobody holds', async () => {
    const nobody = observeChannel({ pipelines: { list: async () => [aMeteredPipeline()] }, holds: { get: async () => undefined }, runs: { observe: async () => undefined } });

    expect(await nobody({ channelArn, state: 'RUNNING', at: '2026-11-23T10:01:00Z' })).toBe('held-by-nobody');
  });

  it('ignores a channel of no pipeline', async () => {
    expect(await setUp().observe({ channelArn: `${channelArn}0`, state: 'RUNNING', at: '2026-11-23T10:01:00Z' })).toBe('unknown-channel');
  });

  it('ignores a late event of the show before', async () => {
    const { seen, observe } = setUp();

    expect(await observe({ channelArn, state: 'STOPPED', at: '2026-11-23T09:59:00Z' })).toBe('before-the-hold');
    expect(seen).toEqual([]);
  });

  it('takes an event of the second of the claim, whose time has no milliseconds', async () => {
    expect(await setUp().observe({ channelArn, state: 'RUNNING', at: '2026-11-23T10:00:00Z' })).toBe('recorded');
  });
});

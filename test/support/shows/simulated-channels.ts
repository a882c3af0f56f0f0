import type { ChannelControl, ChannelState } from '../../../lambda/domain/pipelines/channel-control.ts';
import { ConflictError } from '../../../lambda/domain/shared/errors.ts';
import type { ManualClock } from '../manual-clock.ts';
import { aRequestedRun } from './a-plan.ts';

const startMilliseconds = 20_000;
const stopMilliseconds = 10_000;

/** Channels that take their time as the service's do, and remember when they ran. */
export const simulatedChannels = (clock: ManualClock, tell: (channelId: string, state: ChannelState) => void) => {
  const states = new Map<string, ChannelState>();
  const ran: { readonly channelId: string; readonly from: number; to?: number }[] = [];
  const faults = { refusesToStart: false, fallsBack: false };
  const stateOf = (channelId: string): ChannelState => states.get(channelId) ?? 'IDLE';
  const become = (channelId: string, state: ChannelState): void => {
    states.set(channelId, state);
    if (state === 'RUNNING') ran.push({ channelId, from: clock.now() });
    const last = ran.findLast((one) => one.channelId === channelId);
    if (state === 'IDLE' && last !== undefined) last.to ??= clock.now();
    if (state === 'RUNNING' || state === 'IDLE') tell(channelId, state);
  };
  const later = async (milliseconds: number, channelId: string, from: ChannelState, to: ChannelState): Promise<void> => {
    await clock.sleep(milliseconds);
    if (stateOf(channelId) === from) become(channelId, to);
  };
  const control: ChannelControl = {
    state: async (channelId) => stateOf(channelId),
    describe: async (channelId) => ({ ...aRequestedRun().channel, channelId }),
    async start(channelId) {
      const state = stateOf(channelId);
      if (state === 'STARTING' || state === 'RUNNING') return;
      if (state !== 'IDLE' || faults.refusesToStart) throw new ConflictError({ code: 'channel-not-idle', message: `channel ${channelId} is ${state}`, details: { state } });
      become(channelId, 'STARTING');
      void later(startMilliseconds, channelId, 'STARTING', faults.fallsBack ? 'IDLE' : 'RUNNING');
    },
    async stop(channelId) {
      const state = stateOf(channelId);
      if (state === 'IDLE' || state === 'STOPPING') return;
      become(channelId, 'STOPPING');
      void later(stopMilliseconds, channelId, 'STOPPING', 'IDLE');
    },
  };
  return { control, ran, faults, stateOf };
};

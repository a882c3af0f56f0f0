import type { ChannelState } from '../../domain/pipelines/channel-control.ts';

// A channel that recovers runs, and is billed.
const states: Readonly<Record<string, ChannelState>> = {
  IDLE: 'IDLE',
  STARTING: 'STARTING',
  RUNNING: 'RUNNING',
  RECOVERING: 'RUNNING',
  STOPPING: 'STOPPING',
};

/** What MediaLive's state of a channel means for shows. */
export const channelStateOf = (state: string | undefined): ChannelState => states[state ?? ''] ?? 'CHANGING';

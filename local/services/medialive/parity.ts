import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { channelProperties, inputProperties } from './settings/channel-properties.ts';

const subject = 'medialive';

/** How far MediaLive here follows AWS. */
export const mediaLiveParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateInput.', inputProperties),
  ...parityOf(subject, 'CreateChannel.', channelProperties),
  { subject, item: 'every other property', stance: 'refused', reason: '400 (inputs) or 422 with its elementPath (channels)' },
  { subject, item: 'input security groups', stance: 'enforced' },
  { subject, item: 'channel without input', stance: 'inert', reason: 'it runs and produces nothing; a slate is not built yet' },
  { subject, item: 'input that goes and comes back', stance: 'enforced', reason: 'the same timeline goes on without the gap; other codec headers begin a discontinuity and a new archive object' },
  { subject, item: 'orderly restart', stance: 'enforced', reason: 'running channels are stopped: IDLE with a STOPPED event; after a crash the same at the next start' },
  { subject, item: 'schedules, multiplexes, reservations, thumbnails, STANDARD channels', stance: 'refused', reason: 'not built yet' },
];

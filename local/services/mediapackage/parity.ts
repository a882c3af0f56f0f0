import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { authorisationParity } from './authorisation/cdn-guard.ts';
import { encryptionParity } from './encryption/encryption-properties.ts';
import { endpointProperties } from './endpoint-properties.ts';

const subject = 'mediapackage';

/** How far MediaPackage here follows AWS. */
export const mediaPackageParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateOriginEndpoint.', endpointProperties),
  ...encryptionParity(subject),
  ...authorisationParity(subject),
  { subject, item: 'DashPackage.PeriodTriggers', stance: 'refused', reason: 'a live stream here carries no ad markers; a period begins where the codec or the encoder\'s time line changes' },
  { subject, item: 'sound of DASH, CMAF and Smooth Streaming', stance: 'enforced', reason: 'one track, of the rendition with the highest rate: every rendition has the same sound' },
  { subject, item: 'change of the active ingest endpoint', stance: 'enforced', reason: 'when the other one is a whole chunk ahead, or the active one has ended; how long AWS waits is not documented' },
  { subject, item: 'MPEG-TS of HLS after a change of the active ingest endpoint', stance: 'inert', reason: 'chunks are sent as they came: timestamps run on, continuity counters do not, and a few frames of sound may be missing; DASH, CMAF and Smooth Streaming have neither' },
  { subject, item: 'MediaPackage Input Notification: IngestStart, IngestError, IngestComplete, VodAssetPlayable', stance: 'inert', reason: 'they tell of video on demand, which is not here; InputSwitchEvent and MaxIngestStreamsError are sent' },
  { subject, item: 'manifests after the end of a run', stance: 'enforced', reason: 'the last window stays until nobody may play it any more; a new run shows nothing of it, nor does start-over' },
  { subject, item: 'HarvestJob, ConfigureLogs', stance: 'refused', reason: 'no such operation: recordings come from the archive' },
  { subject, item: 'live content over a restart', stance: 'inert', reason: 'dropped: a channel that ran is idle after a restart' },
];

import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { endpointProperties } from './endpoint-properties.ts';

const subject = 'mediapackage';

/** How far MediaPackage here follows AWS. */
export const mediaPackageParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateOriginEndpoint.', endpointProperties),
  { subject, item: 'DashPackage, MssPackage, CmafPackage, Authorization, Whitelist, Encryption', stance: 'refused', reason: 'not built yet: 422 names the property' },
  { subject, item: 'harvest jobs, access logs', stance: 'refused', reason: 'not built yet' },
  { subject, item: 'second ingest endpoint', stance: 'inert', reason: 'what comes in there is counted, never packaged: channels here have one pipeline' },
  { subject, item: 'live content over a restart', stance: 'inert', reason: 'dropped: a channel that ran is idle after a restart' },
];

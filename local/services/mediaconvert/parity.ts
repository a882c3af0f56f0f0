import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { jobProperties } from './settings/job-properties.ts';

const subject = 'mediaconvert';

/** How far MediaConvert here follows AWS. */
export const mediaConvertParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateJob.Settings.', jobProperties),
  { subject, item: 'every other property of Settings', stance: 'refused', reason: '400 with its path' },
  { subject, item: 'HLS inputs', stance: 'enforced', reason: 'the variant of the highest bandwidth, of MPEG-TS, that has ended' },
  { subject, item: 'several queues', stance: 'inert', reason: 'one job runs at a time, over all queues: the machine is assumed to have two cores' },
  { subject, item: 'Priority, HopDestinations, BillingTagsSource', stance: 'inert', reason: 'jobs run in the order of their submission and nothing is billed here' },
  { subject, item: 'AccelerationSettings, reserved queues', stance: 'refused', reason: 'not built' },
  { subject, item: 'restart', stance: 'enforced', reason: 'a job that was not finished begins anew' },
];

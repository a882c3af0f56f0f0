import { type IvsClient, paginateListPlaybackKeyPairs, paginateListRecordingConfigurations } from '@aws-sdk/client-ivs';
import { mostPlaybackKeys, type CamConfiguration } from '../../lib/config/cam.ts';
import { playbackKeyName, recordingConfigurationName } from '../../lib/constructs/foundation/cam-sharing.ts';
import type { QuotaFinding } from './quota-findings.ts';

/** The names of what IVS has in a Region, whoever made it. */
export interface ExistingIvs {
  readonly keyPairs: readonly string[];
  readonly recordingConfigurations: readonly string[];
}

/** Counts what IVS has in the client's Region: `ivs:ListPlaybackKeyPairs`, `ListRecordingConfigurations`. */
export const readExistingIvs = async (client: IvsClient): Promise<ExistingIvs> => {
  const [keyPairs, recordingConfigurations]: [string[], string[]] = [[], []];
  for await (const page of paginateListPlaybackKeyPairs({ client }, {})) keyPairs.push(...(page.keyPairs ?? []).map(({ name = '' }) => name));
  for await (const page of paginateListRecordingConfigurations({ client }, {})) recordingConfigurations.push(...(page.recordingConfigurations ?? []).map(({ name = '' }) => name));
  return { keyPairs, recordingConfigurations };
};

/** A Region has no more of an AWS account's. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html */
const mostRecordingConfigurations = 20;

const findingOf = (name: string, existing: readonly string[], wanted: readonly string[], most: number, remedy: string): QuotaFinding => {
  const added = wanted.filter((one) => !existing.includes(one)).length;
  return { name, existing: existing.length, added, allowed: { value: most, isAssumed: false, code: '' }, isExceeded: added > 0 && existing.length + added > most, remedy };
};

/**
 * What a deploy of a stage's Cam pipelines does to the quotas of IVS that cannot be raised. What a deploy replaces is made before the
 * old is gone, so that it counts beside it.
 */
export const ivsFindings = (stage: string, { playbackKeys }: CamConfiguration, existing: ExistingIvs): readonly QuotaFinding[] => [
  findingOf(
    'Playback key pairs', existing.keyPairs, playbackKeys.map(({ id }) => playbackKeyName(stage, id)), mostPlaybackKeys,
    'IVS gives no more: take an old key out and deploy that first, or have stages with private channels in different Regions',
  ),
  findingOf(
    'Recording configurations', existing.recordingConfigurations, [recordingConfigurationName(stage)], mostRecordingConfigurations,
    'IVS gives no more: delete one that no channel uses, or deploy the stage to another Region',
  ),
];

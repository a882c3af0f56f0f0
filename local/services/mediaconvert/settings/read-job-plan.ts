import type { JobSettings, Output, OutputGroup } from '@aws-sdk/client-mediaconvert';
import { findUnsupported } from '../../../media/declared-properties.ts';
import { badRequest } from '../faults.ts';
import { jobProperties } from './job-properties.ts';

/** An object in S3. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** What a job does. */
export interface JobPlan {
  /** Joined in this order. */
  readonly inputs: readonly ObjectLocation[];
  readonly groups: readonly (readonly OutputPlan[])[];
}

/** One file that a job writes. */
export interface OutputPlan {
  readonly destination: ObjectLocation;
  readonly settings: Output;
}

const mostInputs = 150;

/** Reads merged settings. Throws 400 for what is missing, malformed or cannot be honoured. */
export const readJobPlan = (settings: JobSettings): JobPlan => {
  const problems = findUnsupported(jobProperties, settings).map(({ elementPath, message }) => `${elementPath}: ${message}`);
  if (problems.length > 0) throw badRequest(problems.join('; '));
  const inputs = (settings.Inputs ?? []).map(({ FileInput }, index) => locationOf(FileInput, `/inputs[${index}]/fileInput`));
  if (inputs.length < 1 || inputs.length > mostInputs) throw badRequest(`/inputs: got ${inputs.length}, expected 1 to ${mostInputs}`);
  const groups = (settings.OutputGroups ?? []).map((group, index) => readGroup(group, `/outputGroups[${index}]`, inputs[0]?.key ?? ''));
  if (groups.flat().length === 0) throw badRequest('/outputGroups: no output, expected one at least');
  return { inputs, groups };
};

const readGroup = (group: OutputGroup, path: string, firstInput: string): readonly OutputPlan[] => {
  const destination = locationOf(group.OutputGroupSettings?.FileGroupSettings?.Destination, `${path}/outputGroupSettings/fileGroupSettings/destination`);
  const inputName = firstInput.split('/').at(-1)?.replace(/\.[^.]*$/, '') ?? '';
  const base = destination.key === '' || destination.key.endsWith('/') ? `${destination.key}${inputName}` : destination.key;
  return (group.Outputs ?? []).map((settings, index) => {
    const video = settings.VideoDescription;
    if (video === undefined && (settings.AudioDescriptions ?? []).length === 0) throw badRequest(`${path}/outputs[${index}]: neither video nor audio`);
    const extension = (settings.Extension ?? 'mp4').replace(/^\./, '');
    return { settings, destination: { bucket: destination.bucket, key: `${base}${settings.NameModifier ?? ''}.${extension}` } };
  });
};

const locationOf = (url: string | undefined, path: string): ObjectLocation => {
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9.-]+)\/(.*)$/.exec(url ?? '') ?? [];
  if (bucket === undefined) throw badRequest(`${path}: got ${JSON.stringify(url)}, expected s3://<bucket>/<key>`);
  return { bucket, key };
};

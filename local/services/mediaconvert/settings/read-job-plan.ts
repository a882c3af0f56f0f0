import type { JobSettings } from '@aws-sdk/client-mediaconvert';
import { findUnsupported } from '../../../media/declared-properties.ts';
import { badRequest } from '../faults.ts';
import { jobProperties } from './job-properties.ts';
import { locationOf, type ObjectLocation } from './object-location.ts';
import { clippingsOf, type Clipping } from './read-clippings.ts';
import { readGroup, type GroupPlan } from './read-output-group.ts';

/** An input, and the stretches of it that are used: none = all. */
export interface JobInput extends ObjectLocation {
  readonly clippings: readonly Clipping[];
}

/** What a job does. */
export interface JobPlan {
  /** Joined in this order. */
  readonly inputs: readonly JobInput[];
  readonly groups: readonly GroupPlan[];
}

const mostInputs = 150;

/** Whether a key names MPEG-TS. */
export const isTransportStream = (key: string): boolean => /\.(ts|m2ts|mts)$/i.test(key);

/** Reads merged settings. Throws 400 for what is missing, malformed or cannot be honoured. */
export const readJobPlan = (settings: JobSettings): JobPlan => {
  const problems = findUnsupported(jobProperties, settings).map(({ elementPath, message }) => `${elementPath}: ${message}`);
  if (problems.length > 0) throw badRequest(problems.join('; '));
  const inputs = (settings.Inputs ?? []).map(({ FileInput, InputClippings = [] }, index) => ({
    ...locationOf(FileInput, `/inputs[${index}]/fileInput`),
    clippings: clippingsOf(InputClippings, `/inputs[${index}]/inputClippings`),
  }));
  if (inputs.some(({ key, clippings }) => clippings.length > 0 && !isTransportStream(key))) throw badRequest('/inputs: local mode clips MPEG-TS only, expected .ts, .m2ts or .mts');
  if (inputs.length < 1 || inputs.length > mostInputs) throw badRequest(`/inputs: got ${inputs.length}, expected 1 to ${mostInputs}`);
  const groups = (settings.OutputGroups ?? []).map((group, index) => readGroup(group, `/outputGroups[${index}]`, inputs[0]?.key ?? ''));
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => kind));
  if (kinds.length === 0) throw badRequest('/outputGroups: no output, expected one at least');
  if (kinds.every((kind) => kind === 'FRAMES')) throw badRequest('/outputGroups: a job with frame capture must have another output with video or audio');
  return { inputs, groups };
};

import type { JobSettings, JobTemplateSettings } from '@aws-sdk/client-mediaconvert';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A job's settings over its template's, as the service does it: what the job says wins, lists are merged position by position. */
export const mergeSettings = (template: JobTemplateSettings | undefined, job: JobSettings): JobSettings => {
  if (template === undefined) return job;
  const { Inputs: [inputDefaults] = [], ...rest } = template;
  // A template's one input says how every input of the job is read.
  const inputs = (job.Inputs ?? []).map((input) => overlay(inputDefaults ?? {}, input));
  return { ...overlay<JobSettings>(rest, job), ...(job.Inputs === undefined ? {} : { Inputs: inputs }) };
};

const overlay = <Settings extends object>(below: Settings, above: Settings): Settings => {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) if (value !== undefined) Object.assign(merged, { [key]: overlayValue(Object.entries(below).find(([name]) => name === key)?.[1], value) });
  return merged;
};

const overlayValue = (below: unknown, above: unknown): unknown => {
  if (isObject(below) && isObject(above)) return overlay(below, above);
  if (Array.isArray(below) && Array.isArray(above)) return above.map((item: unknown, index) => overlayValue(below[index], item));
  return above;
};

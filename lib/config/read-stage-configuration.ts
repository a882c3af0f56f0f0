import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { StageConfigurationError } from './configuration-error.ts';
import type { ConfigurationProblem } from './configuration-problem.ts';
import { crossCheck } from './cross-checks.ts';
import { stageConfigurationSchema, type StageConfiguration } from './stage-configuration.ts';

type Issue = z.core.$ZodIssue;

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> => typeof value === 'object' && value !== null;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), input);

const unknownKeys = (issue: Issue & { readonly code: 'unrecognized_keys' }, input: unknown): readonly ConfigurationProblem[] =>
  issue.keys.map((key) => ({
    field: fieldOf([...issue.path, key]),
    wrong: 'there is no such field',
    got: valueAt(input, [...issue.path, key]),
    allowed: 'the fields of stage-configuration.ts, pipeline-configuration.ts and cam.ts in lib/config',
    change: 'remove it, or correct its name',
  }));

/** Of the alternatives of a union, the one whose kind was meant: its problems lie inside of the value. */
const meantAlternative = ({ errors, path }: Issue & { readonly code: 'invalid_union' }): readonly Issue[] | undefined =>
  errors
    .find((issues) => issues.length > 0 && issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'))
    ?.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));

const problemsOf = (issue: Issue, input: unknown): readonly ConfigurationProblem[] => {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, input);
  const meant = issue.code === 'invalid_union' ? meantAlternative(issue) : undefined;
  if (meant) return meant.flatMap((inner) => problemsOf(inner, input));
  const got = valueAt(input, issue.path);
  const [wrong, change] = got === undefined ? ['is missing', 'add it'] : ['has a value that cannot be used', 'give it a value that is allowed'];
  return [{ field: fieldOf(issue.path), wrong, got, allowed: issue.message.replace(/^expected /, ''), change }];
};

/**
 * The configuration with its defaults filled in.
 * @param source names the configuration in messages, such as its path
 * @throws StageConfigurationError that lists every problem
 */
export const parseStageConfiguration = (input: unknown, source: string): StageConfiguration => {
  const parsed = stageConfigurationSchema.safeParse(input);
  const problems = parsed.success ? crossCheck(parsed.data) : parsed.error.issues.flatMap((issue) => problemsOf(issue, input));
  if (!parsed.success || problems.length > 0) throw new StageConfigurationError(source, problems);
  return parsed.data;
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const wrong = cause instanceof Error ? cause.message : String(cause);
    const problem = { field: '', wrong, got: path, allowed: 'a file that can be read and holds JSON', change: 'name one with -c config=<path>' };
    throw new StageConfigurationError(path, [problem]);
  }
};

/** Reads a stage's configuration from a JSON file. @throws StageConfigurationError when there is none, or it cannot be used */
export const readStageConfiguration = (path: string): StageConfiguration => parseStageConfiguration(readJson(path), path);

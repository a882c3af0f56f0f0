import * as z from 'zod';
import { type FieldProblem, InvalidInputError } from '../../domain/shared/errors.ts';

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const problemsOf = (issue: z.core.$ZodIssue, place: (path: readonly PropertyKey[]) => string): FieldProblem[] => {
  if (issue.code !== 'unrecognized_keys') return [{ field: place(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ field: place([...issue.path, key]), message: 'is not a field of this request' }));
};

const parsed = <Value>(schema: z.ZodType<Value>, value: unknown, what: string, place: (path: readonly PropertyKey[]) => string): Value => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => problemsOf(issue, place));
  const message = `${what} cannot be accepted: ${fields.map((problem) => `${problem.field || 'the whole'}: ${problem.message}`).join('; ')}`;
  throw new InvalidInputError({ code: 'invalid-request', message, fields });
};

/** The body by its schema. @throws InvalidInputError that points into the body (RFC 6901) */
export const parseBody = <Body>(schema: z.ZodType<Body>, body: unknown): Body => parsed(schema, body, 'the body', pointer);

/** The query by its schema. @throws InvalidInputError that names the parameters */
export const parseQuery = <Query>(schema: z.ZodType<Query>, query: unknown): Query =>
  parsed(schema, query, 'the query', (path) => path.map(String).join('.'));

import { type Problem, problemMediaType } from '../../contract/api/problem.ts';
import { DomainError, InvalidInputError } from '../../domain/shared/errors.ts';
import { type ApiResponse, json } from './response.ts';

const statusByKind: Readonly<Record<DomainError['kind'], number>> = { InvalidInput: 400, NotAllowed: 403, NotFound: 404, Conflict: 409, Unavailable: 503 };

// Two conflicts have a status of their own in HTTP.
const statusByCode: Readonly<Record<string, number>> = { 'revision-mismatch': 412, 'idempotency-key-reused': 422 };

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be accepted',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  412: 'Changed meanwhile',
  422: 'Idempotency key reused',
  500: 'Something went wrong here',
  503: 'Not available for a moment',
};

/** Where a problem happened. */
export interface ProblemPlace {
  readonly requestId: string;
  readonly path: string;
}

const answer = (problem: Problem, headers: Readonly<Record<string, string>> = {}): ApiResponse =>
  json(problem.status, problem, { 'Content-Type': problemMediaType, ...headers });

const ours = (status: number, code: string, { requestId, path }: ProblemPlace): Problem => ({
  type: `urn:visionstream:problem:${code}`,
  title: titles[status] ?? 'Problem',
  status,
  code,
  requestId,
  instance: path,
});

/** Whether an error is the caller's to mend; all others are ours, and are logged. */
export const isCallersError = (error: unknown): error is DomainError => error instanceof DomainError && error.kind !== 'Unavailable';

/** The one mapping of errors to answers: 4xx tell code, message and fields, 5xx the request id only. */
export const problemResponse = (error: unknown, place: ProblemPlace): ApiResponse => {
  if (!(error instanceof DomainError)) return answer(ours(500, 'internal', place));
  if (error.kind === 'Unavailable') return answer(ours(503, 'unavailable', place), { 'Retry-After': '1' });
  const status = statusByCode[error.code] ?? statusByKind[error.kind];
  return answer({
    ...ours(status, error.code, place),
    detail: error.message,
    ...(error instanceof InvalidInputError ? { fields: [...error.fields] } : {}),
    ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
  });
};

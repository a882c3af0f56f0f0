import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { taskErrors } from '../contract/show-workflow.ts';
import { DomainError } from '../domain/shared/errors.ts';
import { createLogger, type Logger } from './logging.ts';

/** An error whose name the state machine matches in Retry and Catch; its message carries the code. */
class TaskError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
  }
}

const namesByKind: Partial<Record<DomainError['kind'], string>> = {
  Unavailable: taskErrors.unavailable,
  Conflict: taskErrors.conflict,
};

const asTaskError = (error: unknown): Error => {
  if (error instanceof DomainError) return new TaskError(namesByKind[error.kind] ?? error.name, `${error.code}: ${error.message}`, error);
  return error instanceof Error ? error : new TaskError('Unknown', String(error));
};

/**
 * Wraps the tasks of a workflow function: parses the payload, and gives errors the names that the state machine
 * knows. `Unavailable` is retried there, others lead to the failure path.
 */
export const workflowHandler =
  <Payload extends { readonly task: string; readonly breakoutId: string; readonly attempt: number }>(
    schema: z.ZodType<Payload>,
    perform: (payload: Payload, log: Logger) => Promise<unknown>,
  ) =>
  async (payload: unknown, context?: Pick<Context, 'awsRequestId'>): Promise<unknown> => {
    const parsed = schema.parse(payload);
    const { task, breakoutId, attempt } = parsed;
    const log = createLogger({ task, breakoutId, attempt, requestId: context?.awsRequestId });
    try {
      const result = await perform(parsed, log);
      log.info('task done', { result });
      // Lambda turns undefined into null; the state machine wants an object to choose from.
      return result ?? {};
    } catch (error) {
      log.error('task failed', { error });
      throw asTaskError(error);
    }
  };

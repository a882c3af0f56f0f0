import * as z from 'zod';
import { createLogger } from '../logging.ts';
import { isCallersError, problemResponse } from './problem-response.ts';
import type { ApiResponse } from './response.ts';

/** What is read of an event whose caller nobody has asked who they are. */
const publicEventSchema = z.object({
  /** The route's path with its placeholders, which holds no secret. */
  resource: z.string(),
  pathParameters: z.record(z.string(), z.string().optional()).nullish(),
  requestContext: z.object({ requestId: z.string() }),
});

type PathParameters = Readonly<Record<string, string | undefined>>;

/** A handler of proxy events of a route that needs no token. Errors become problems; path parameters are never logged. */
export const publicHandler =
  (handle: (params: PathParameters) => Promise<ApiResponse>) =>
  async (payload: unknown): Promise<ApiResponse> => {
    const { resource, pathParameters, requestContext } = publicEventSchema.parse(payload);
    const { requestId } = requestContext;
    const log = createLogger({ requestId, route: resource });
    try {
      const response = await handle(pathParameters ?? {});
      return { ...response, headers: { ...response.headers, 'X-Request-Id': requestId } };
    } catch (error) {
      if (isCallersError(error)) log.info('request refused', { code: error.code });
      else log.error('request failed', { error });
      return problemResponse(error, { requestId, path: resource });
    }
  };

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Caller, notFound } from '../../domain/shared/caller.ts';
import { type FieldProblem, InvalidInputError } from '../../domain/shared/errors.ts';
import type { Logger } from '../logging.ts';

const stringMap = z.record(z.string(), z.string().optional()).nullish();

/** What is read of an event of API Gateway's REST API (Lambda proxy integration), with the authoriser's context. */
export const proxyEventSchema = z.object({
  httpMethod: z.string(),
  /** The route's path with its placeholders: `/events/{eventId}`. */
  resource: z.string(),
  path: z.string(),
  headers: stringMap,
  queryStringParameters: stringMap,
  pathParameters: stringMap,
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string(),
    authorizer: z.object({ subject: z.string(), accountId: z.string(), role: z.string(), privileges: z.string() }),
  }),
});

export type ProxyEvent = z.infer<typeof proxyEventSchema>;

/** A request that has passed the router: its caller may do what the route asks for. */
export interface ApiRequest {
  readonly caller: Caller;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined when there is none. */
  readonly body: unknown;
  readonly log: Logger;
}

// Every body of this API is a page at most; API Gateway itself would take 10 MB.
const maximumBodyBytes = 64 * 1024;

const invalid = (code: string, field: string, message: string): InvalidInputError => {
  const fields: readonly FieldProblem[] = [{ field, message }];
  return new InvalidInputError({ code, message: `${field || 'the body'} ${message}`, fields });
};

const definedOf = (map: z.infer<typeof stringMap>): Record<string, string> =>
  Object.fromEntries(Object.entries(map ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** The headers by lower-case name. */
export const headersOf = ({ headers }: ProxyEvent): Record<string, string> =>
  Object.fromEntries(Object.entries(definedOf(headers)).map(([name, value]) => [name.toLowerCase(), value]));

/** The body as it came, or undefined when there is none. @throws InvalidInputError when it is too large */
export const bodyText = ({ body, isBase64Encoded }: ProxyEvent): string | undefined => {
  if (body === undefined || body === null || body === '') return undefined;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBodyBytes) throw invalid('body-too-large', '', `is ${bytes.length} bytes, expected at most ${maximumBodyBytes}`);
  return bytes.toString('utf8');
};

/** The body's JSON. @throws InvalidInputError when it is none */
const parseJson = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid('malformed-json', '', `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

// Longer than any id that this API makes, and shorter than the longest key of any store.
const maximumIdLength = 100;

/** Path parameter, by a name that the route's path has. @throws NotFoundError when nothing can have such an id */
export const param = ({ params }: ApiRequest, name: string): string => {
  const value = params[name];
  if (value === undefined) throw new Error(`the route has no parameter {${name}}: compare contract/routes.ts`);
  if (value.length > maximumIdLength) throw notFound(name.replace(/Id$/, ''), `${value.slice(0, maximumIdLength)}…`);
  return value;
};

/** Names what a request does, in 32 hexadecimal digits: the same when the client repeats it with its key. */
export const requestName = ({ headers, requestId }: ApiRequest): string =>
  createHash('sha256').update(headers['idempotency-key'] ?? requestId).digest('hex').slice(0, 32);

/** The revision that If-Match names, if it names one. @throws InvalidInputError */
export const expectedRevision = ({ headers }: ApiRequest): { readonly expectedRevision?: number } => {
  const header = headers['if-match'];
  if (header === undefined || header.trim() === '*') return {};
  const revision = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(header)?.[1];
  if (revision === undefined) throw invalid('invalid-if-match', 'If-Match', `is ${header}, expected the ETag of the resource such as "3"`);
  return { expectedRevision: Number(revision) };
};

/** The request that an event is, once the caller has passed. @throws InvalidInputError */
export const requestOf = (event: ProxyEvent, log: Logger): ApiRequest => {
  const { subject, accountId, role } = event.requestContext.authorizer;
  return {
    caller: { subject, accountId, role },
    requestId: event.requestContext.requestId,
    params: definedOf(event.pathParameters),
    query: definedOf(event.queryStringParameters),
    headers: headersOf(event),
    body: parseJson(bodyText(event)),
    log,
  };
};

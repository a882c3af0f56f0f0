import { z } from 'zod';
import type { HeaderList } from '../header-list.ts';
import type { ViewerRequest } from '../viewer-request.ts';

const valueSchema = z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() });
const valuesSchema = z.record(z.string().regex(/^[^A-Z]+$/, 'names are in lower case'), valueSchema).default({});
const cookiesSchema = z.record(z.string(), z.object({ value: z.string(), attributes: z.string().optional() })).default({});

const requestSchema = z.object({
  method: z.string(),
  uri: z.string().startsWith('/'),
  querystring: z.union([z.string(), z.record(z.string(), valueSchema)]).default({}),
  headers: valuesSchema,
  cookies: cookiesSchema,
});

const bodySchema = z.union([z.string(), z.object({ encoding: z.enum(['text', 'base64']).default('text'), data: z.string() })]);

const responseSchema = z.object({
  statusCode: z.int().min(100).max(599),
  statusDescription: z.string().optional(),
  headers: valuesSchema,
  cookies: cookiesSchema,
  body: bodySchema.optional(),
});

/** A response that a function made. */
export interface FunctionResponse {
  readonly statusCode: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/** What a function's result means: go on with a request, answer with a response, or nothing that CloudFront takes. */
export type FunctionResult =
  | { readonly kind: 'request'; readonly request: ViewerRequest }
  | { readonly kind: 'response'; readonly response: FunctionResponse }
  | { readonly kind: 'invalid'; readonly reason: string };

type Values = z.output<typeof valuesSchema>;

const pairs = (values: Values): HeaderList => Object.entries(values).flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((one) => [name, one.value] as const));

const toRequest = (original: ViewerRequest, result: z.output<typeof requestSchema>): ViewerRequest => {
  const cookies = Object.entries(result.cookies).map(([name, { value }]) => `${name}=${value}`);
  const headers = Object.fromEntries(Object.entries(result.headers).map(([name, { value, multiValue }]) => [name, multiValue?.map((one) => one.value).join(', ') ?? value]));
  const query = typeof result.querystring === 'string' ? result.querystring : pairs(result.querystring).map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  return { ...original, uri: result.uri, query, headers: cookies.length > 0 ? { ...headers, cookie: cookies.join('; ') } : headers };
};

const bodyBytes = (body: z.output<typeof bodySchema> | undefined): Buffer =>
  typeof body === 'object' ? Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8') : Buffer.from(body ?? '');

const toResponse = (result: z.output<typeof responseSchema>): FunctionResponse => ({
  statusCode: result.statusCode,
  headers: [
    ...pairs(result.headers),
    ...Object.entries(result.cookies).map(([name, { value, attributes }]) => ['set-cookie', `${name}=${value}${attributes === undefined ? '' : `; ${attributes}`}`] as const),
  ],
  body: bodyBytes(result.body),
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html
const forbiddenHeader = /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache.*|x-edge-.*|x-forwarded-proto|x-real-ip)$/;
const readOnlyInRequests = ['host', 'content-length', 'transfer-encoding', 'via'];

const broken = (original: ViewerRequest, headers: Values): string | undefined => {
  const forbidden = Object.entries(headers).find(([name, { value }]) => forbiddenHeader.test(name) && original.headers[name] !== value);
  if (forbidden) return `header ${forbidden[0]} is not a function's to set`;
  const changed = readOnlyInRequests.find((name) => headers[name]?.value !== original.headers[name]);
  return changed === undefined ? undefined : `header ${changed} is read-only in a request`;
};

/** Reads what a function returned, by the rules for viewer-request functions. */
export const readFunctionResult = (original: ViewerRequest, result: unknown): FunctionResult => {
  if (typeof result === 'object' && result !== null && 'statusCode' in result) {
    const parsed = responseSchema.safeParse(result);
    return parsed.success ? { kind: 'response', response: toResponse(parsed.data) } : { kind: 'invalid', reason: z.prettifyError(parsed.error) };
  }
  const parsed = requestSchema.safeParse(result);
  if (!parsed.success) return { kind: 'invalid', reason: z.prettifyError(parsed.error) };
  if (parsed.data.method !== original.method) return { kind: 'invalid', reason: 'method is read-only' };
  const reason = broken(original, parsed.data.headers);
  return reason === undefined ? { kind: 'request', request: toRequest(original, parsed.data) } : { kind: 'invalid', reason };
};

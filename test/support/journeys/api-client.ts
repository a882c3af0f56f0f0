import type { z } from 'zod';
import { problemMediaType, problemSchema, type Problem } from '../../../lambda/contract/api/problem.ts';

/** What the API answered, whatever it was. */
export interface Answer {
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type RequestHeaders = Readonly<Record<string, string>>;

/** Calls the API as one caller, and takes refusals as answers. */
export interface ApiClient {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  put(path: string, body: unknown, headers?: RequestHeaders): Promise<Answer>;
  patch(path: string, body: unknown, headers?: RequestHeaders): Promise<Answer>;
  delete(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>;
  /** Sends exactly this, without a body of its own making. */
  send(method: string, path: string, request?: { readonly text?: string; readonly headers?: RequestHeaders }): Promise<Answer>;
}

/** A client that authenticates with this token, or not at all. */
export const apiClient = (apiUrl: string, token?: string): ApiClient => {
  const send: ApiClient['send'] = async (method, path, { text, headers = {} } = {}) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${apiUrl}${path}`, { method, headers: { ...authorization, ...headers }, ...(text !== undefined && { body: text }) });
    return { request: `${method} ${path}`, status: response.status, headers: response.headers, text: await response.text() };
  };
  const write = (method: string) => (path: string, body?: unknown, headers: RequestHeaders = {}) =>
    send(method, path, { headers: { 'content-type': 'application/json', ...headers }, ...(body !== undefined && { text: JSON.stringify(body) }) });
  return { get: (path) => send('GET', path), post: write('POST'), put: write('PUT'), patch: write('PATCH'), delete: write('DELETE'), send };
};

/** The body of an answer with this status. @throws Error that shows what was answered instead */
export const bodyOf = <Body>({ request, status, text }: Answer, expectedStatus: number, schema: z.ZodType<Body>): Body => {
  if (status !== expectedStatus) throw new Error(`${request} answered ${status}, expected ${expectedStatus}: ${text}`);
  return schema.parse(JSON.parse(text));
};

/** The problem that an answer is, of which journeys compare what clients rely on. @throws Error when it is none */
export const problemOf = ({ request, status, headers, text }: Answer): Pick<Problem, 'status' | 'code' | 'detail' | 'details'> & { readonly fields: string[] } => {
  const contentType = headers.get('content-type');
  if (contentType !== problemMediaType) throw new Error(`${request} answered ${status} as ${contentType ?? 'nothing'}, expected ${problemMediaType}: ${text}`);
  const { status: told, code, detail, details, fields = [] } = problemSchema.parse(JSON.parse(text));
  if (told !== status) throw new Error(`${request} answered ${status} and tells ${told} in its body`);
  return { status, code, fields: fields.map(({ field }) => field), ...(detail !== undefined && { detail }), ...(details && { details }) };
};

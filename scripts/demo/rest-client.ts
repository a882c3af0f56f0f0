import { randomUUID } from 'node:crypto';

/** An answer of the REST API that is not a success. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly body: string;

  constructor(request: string, status: number, body: string) {
    super(`${request} answered ${status}: ${body}`);
    this.status = status;
    this.body = body;
  }
}

/** Calls the platform's REST API as one caller. */
export interface RestClient {
  get(path: string): Promise<unknown>;
  /** Sends an Idempotency-Key of its own with every call. */
  post(path: string, body?: unknown): Promise<unknown>;
}

/** A client of the API at `baseUrl` (no trailing slash) with an access token. */
export const restClient = (baseUrl: string, token: string): RestClient => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method !== 'GET' && { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
      },
      ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(`${method} ${path}`, response.status, text);
    return JSON.parse(text);
  };
  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body) };
};

import type { IncomingMessage } from 'node:http';
import { fromRawHeaders } from './header-list.ts';

/** A viewer's request. The function may change what goes on; the log keeps what came. */
export interface ViewerRequest {
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly uri: string;
  /** Query as it was sent, without the question mark. */
  readonly query: string;
  /** By lower-case name; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly port: number;
}

const joined = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of fromRawHeaders(request.rawHeaders)) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : `${before}${key === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
};

/** The request as the edge reads it from its connection. */
export const readViewerRequest = (request: IncomingMessage): ViewerRequest => {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    uri: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: joined(request),
    ip: request.socket.remoteAddress ?? '127.0.0.1',
    port: request.socket.remotePort ?? 0,
  };
};

/** Name and value of each cookie, in order. */
export const requestCookies = (headers: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  (headers['cookie'] ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? ([pair, ''] as const) : ([pair.slice(0, equals), pair.slice(equals + 1)] as const);
    });

/** Name and value of each query parameter, in order and not decoded. */
export const queryParameters = (query: string): readonly (readonly [string, string])[] =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? ([pair, ''] as const) : ([pair.slice(0, equals), pair.slice(equals + 1)] as const);
    });

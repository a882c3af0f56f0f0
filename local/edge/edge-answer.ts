import type { Readable } from 'node:stream';
import type { HeaderList } from './header-list.ts';

/** `x-edge-result-type`: how the edge came to its answer. */
export type EdgeResult = 'Hit' | 'RefreshHit' | 'Miss' | 'Error' | 'FunctionGeneratedResponse' | 'LimitExceeded';

/** What the edge answers a viewer, before its own headers. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  /** Absent where the status or the method has none. */
  readonly body?: Buffer | Readable | AsyncIterable<Buffer>;
  readonly result: EdgeResult;
  /** More exactly why, where the logs tell. */
  readonly detail?: string;
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad request.',
  403: 'Request blocked or not allowed.',
  408: 'The request took too long.',
  414: 'The URL is too long.',
  416: 'The requested range cannot be served.',
  494: 'The request headers are too large.',
  502: 'CloudFront wasn’t able to connect to the origin, or a function returned something invalid.',
  503: 'The function associated with the distribution could not run.',
  504: 'The origin did not answer in time.',
};

/** An answer of the edge's own for what it cannot or may not serve. */
export const errorAnswer = (status: number, detail: string): EdgeAnswer => {
  const page = `<!DOCTYPE html>\n<html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>${status} ERROR</h1><p>${reasons[status] ?? 'The request could not be satisfied.'}</p></body></html>\n`;
  const body = Buffer.from(page);
  return { status, headers: [['Content-Type', 'text/html'], ['Content-Length', String(body.length)]], body, result: 'Error', detail };
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { EdgeAnswer } from './edge-answer.ts';
import { type HeaderList, headerValue, withoutHeaders } from './header-list.ts';
import type { AccessRecord } from './logs/access-record.ts';
import type { ViewerRequest } from './viewer-request.ts';

/** What this edge location says of itself. */
export interface EdgeIdentity {
  /** Point of presence: `IAD89-C1`. */
  readonly location: string;
  readonly via: string;
}

/** `X-Cache`'s words for how the answer came about. */
const cacheWords: Readonly<Record<EdgeAnswer['result'], string>> = {
  Hit: 'Hit from cloudfront',
  RefreshHit: 'RefreshHit from cloudfront',
  Miss: 'Miss from cloudfront',
  Error: 'Error from cloudfront',
  FunctionGeneratedResponse: 'FunctionGeneratedResponse from cloudfront',
  LimitExceeded: 'LimitExceeded from cloudfront',
};

/** The answer's headers with the edge's own. */
export const viewerHeaders = (answer: EdgeAnswer, identity: EdgeIdentity, requestId: string, now: number, keepsConnection: boolean): HeaderList => {
  const own = ['connection', 'date', 'via', 'x-cache', 'x-amz-cf-pop', 'x-amz-cf-id'];
  return [
    ...withoutHeaders(answer.headers, own),
    ['Connection', keepsConnection ? 'keep-alive' : 'close'],
    ['Date', headerValue(answer.headers, 'date') ?? new Date(now).toUTCString()],
    ...(headerValue(answer.headers, 'server') === undefined ? [['Server', 'CloudFront'] as const] : []),
    ['X-Cache', cacheWords[answer.result]],
    ['Via', identity.via],
    ['X-Amz-Cf-Pop', identity.location],
    ['X-Amz-Cf-Id', requestId],
  ];
};

/** Writes the answer. A body that breaks off tears the connection down, so that the viewer knows. */
export const writeAnswer = async (response: ServerResponse, method: string, answer: EdgeAnswer, headers: HeaderList): Promise<void> => {
  response.sendDate = false;
  response.writeHead(answer.status, headers.flatMap(([name, value]) => [name, value]));
  const { body } = answer;
  const isBodiless = method === 'HEAD' || answer.status === 304 || answer.status === 204;
  if (isBodiless || body === undefined || Buffer.isBuffer(body)) {
    if (body instanceof Readable) body.destroy();
    response.end(isBodiless ? undefined : body);
    return;
  }
  try {
    await pipeline(body, response);
  } catch {
    response.destroy();
  }
};

const requestBytes = (request: IncomingMessage): number =>
  `${request.method ?? ''} ${request.url ?? ''} HTTP/1.1\r\n\r\n`.length + request.rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0);

interface Ending {
  readonly distributionId: string;
  readonly distributionHost: string;
  readonly requestId: string;
  readonly identity: EdgeIdentity;
  readonly startedAt: number;
  readonly firstByteAt: number;
  readonly finishedAt: number;
  readonly sentBytes: number;
  readonly isComplete: boolean;
  readonly uploadedBytes: number;
}

/** The record of an exchange that has ended. */
export const accessRecord = (message: IncomingMessage, request: ViewerRequest, answer: EdgeAnswer, headers: HeaderList, ending: Ending): AccessRecord => {
  const range = /^bytes (\d+)-(\d+)\//.exec(headerValue(headers, 'content-range') ?? '');
  const contentType = headerValue(headers, 'content-type');
  const contentLength = headerValue(headers, 'content-length');
  const { identity, startedAt, firstByteAt, isComplete, ...rest } = ending;
  return {
    ...rest,
    edgeLocation: identity.location,
    method: request.method,
    uri: request.uri,
    query: request.query,
    status: answer.status,
    receivedBytes: requestBytes(message) + ending.uploadedBytes,
    ip: request.ip,
    port: request.port,
    requestHeaders: request.headers,
    result: isComplete ? answer.result : 'Error',
    detail: isComplete ? (answer.detail ?? answer.result) : 'ClientCommError',
    takenMilliseconds: ending.finishedAt - startedAt,
    firstByteMilliseconds: firstByteAt - startedAt,
    httpVersion: message.httpVersion,
    ...(contentType !== undefined && { contentType }),
    ...(contentLength !== undefined && { contentLength }),
    ...(range && { range: [range[1] ?? '', range[2] ?? ''] as const }),
  };
};

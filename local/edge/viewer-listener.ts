import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Clock } from '../runtime/clock.ts';
import { type EdgeAnswer, errorAnswer } from './edge-answer.ts';
import type { AccessRecord } from './logs/access-record.ts';
import type { EdgeMarks } from './origin/origin-request.ts';
import { createSentBytes, type SentBytes } from './sent-bytes.ts';
import { accessRecord, type EdgeIdentity, viewerHeaders, writeAnswer } from './viewer-exchange.ts';
import { readViewerRequest, type ViewerRequest } from './viewer-request.ts';

/** One distribution's listener: what it needs to answer and to tell. */
export interface ListenerParts {
  readonly distributionId: string;
  readonly identity: EdgeIdentity;
  readonly clock: Clock;
  newRequestId(): string;
  serve(request: ViewerRequest, marks: EdgeMarks, body: IncomingMessage): Promise<EdgeAnswer>;
  /** Called once for each request, when its answer has been sent or has broken off. */
  onAnswered(record: AccessRecord): void;
  onFault(error: unknown): void;
}

// CloudFront keeps an idle viewer connection for some minutes.
const idleConnectionMilliseconds = 60_000;
// Above the 20,480 bytes that CloudFront takes, so that the edge refuses in its own words.
const maximumHeaderSize = 65_536;

const safeServe = async (parts: ListenerParts, request: ViewerRequest, marks: EdgeMarks, message: IncomingMessage): Promise<EdgeAnswer> => {
  try {
    return await parts.serve(request, marks, message);
  } catch (error) {
    parts.onFault(error);
    return errorAnswer(502, 'Error');
  }
};

const exchange = async (parts: ListenerParts, sent: SentBytes, server: Server, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { clock, identity, distributionId } = parts;
  const startedAt = clock.now();
  const requestId = parts.newRequestId();
  const request = readViewerRequest(message);
  const distributionHost = domainNameOf(server);
  let uploadedBytes = 0;
  message.on('data', (chunk: Buffer) => (uploadedBytes += chunk.length)).pause();
  // What is logged of a viewer that leaves before it has an answer.
  let answer: EdgeAnswer = { status: 0, headers: [], result: 'Error', detail: 'ClientCommError' };
  let { headers } = answer;
  let firstByteAt = startedAt;
  sent.measure(message.socket, response, (sentBytes, isComplete) => {
    const finishedAt = clock.now();
    parts.onAnswered(
      accessRecord(message, request, answer, headers, { distributionId, distributionHost, requestId, identity, startedAt, firstByteAt, finishedAt, sentBytes, isComplete, uploadedBytes }),
    );
  });
  answer = await safeServe(parts, request, { requestId, via: identity.via }, message);
  message.resume();
  firstByteAt = clock.now();
  headers = viewerHeaders(answer, identity, requestId, firstByteAt, response.shouldKeepAlive && server.listening);
  await writeAnswer(response, request.method, answer, headers);
};

const malformed = (parts: ListenerParts, sent: SentBytes, server: Server, error: Error, socket: Socket): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = parts.newRequestId();
  const status = Reflect.get(error, 'code') === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const answer = errorAnswer(status, 'Error');
  const now = parts.clock.now();
  const headers = viewerHeaders(answer, parts.identity, requestId, now, false);
  const head = `HTTP/1.1 ${status} Bad Request\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.isBuffer(answer.body) ? answer.body : Buffer.alloc(0)]));
  parts.onAnswered({
    distributionId: parts.distributionId,
    requestId,
    finishedAt: now,
    edgeLocation: parts.identity.location,
    method: '-',
    uri: '-',
    query: '',
    status,
    sentBytes: sent.claim(socket),
    receivedBytes: 0,
    uploadedBytes: 0,
    ip: socket.remoteAddress ?? '127.0.0.1',
    port: socket.remotePort ?? 0,
    requestHeaders: {},
    distributionHost: domainNameOf(server),
    result: 'Error',
    detail: 'Error',
    takenMilliseconds: 0,
    firstByteMilliseconds: 0,
    httpVersion: '1.1',
  });
};

/** The name under which viewers reach the listener: `127.0.0.1:<port>`. */
export const domainNameOf = (server: Server): string => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '127.0.0.1';
};

/** A server for one distribution, not listening yet. Every request ends in one record. */
export const createViewerListener = (parts: ListenerParts): Server => {
  const sent = createSentBytes();
  const server = createServer({ keepAliveTimeout: idleConnectionMilliseconds, maxHeaderSize: maximumHeaderSize }, (message, response) => {
    exchange(parts, sent, server, message, response).catch((error: unknown) => {
      parts.onFault(error);
      response.destroy();
    });
  });
  server.on('connection', (socket) => sent.watch(socket));
  server.on('clientError', (error, socket) => {
    if (socket instanceof Socket) malformed(parts, sent, server, error, socket);
    else socket.destroy();
  });
  return server;
};

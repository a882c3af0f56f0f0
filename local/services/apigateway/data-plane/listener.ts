import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOn } from '../../../gateway/listener.ts';
import type { GatewayRequest } from './exchange.ts';
import type { ExecuteApi } from './execute-api.ts';

/** The HTTP listener of every stage: `http://127.0.0.1:<port>/<stage>/…`. */
export interface ApiListener {
  /** Listens on 127.0.0.1; port 0 is a free one. Rejects when the port is in use. */
  listen(port?: number): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
const maximumBodyBytes = 10_485_760;
const maximumHeaderBytes = 10_240;

const readBody = async (request: IncomingMessage): Promise<{ body: Buffer; tooLarge: boolean }> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length <= maximumBodyBytes) chunks.push(chunk);
  }
  return length > maximumBodyBytes ? { body: Buffer.alloc(0), tooLarge: true } : { body: Buffer.concat(chunks), tooLarge: false };
};

const headersOf = ({ rawHeaders }: IncomingMessage): [string, string][] =>
  Array.from({ length: rawHeaders.length / 2 }, (_each, index) => [rawHeaders[2 * index] ?? '', rawHeaders[2 * index + 1] ?? '']);

const requestOf = (incoming: IncomingMessage, body: Buffer): GatewayRequest => {
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/su);
  return { method: incoming.method ?? 'GET', path, query, headers: headersOf(incoming), body, sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1' };
};

const serve = async (executeApi: ExecuteApi, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { body, tooLarge } = await readBody(incoming);
  const reply = await executeApi(requestOf(incoming, body), tooLarge);
  response.statusCode = reply.status;
  for (const [name, value] of reply.headers) response.appendHeader(name, value);
  const hasBody = incoming.method !== 'HEAD' && reply.status !== 204 && reply.status !== 304;
  if (hasBody) response.setHeader('Content-Length', reply.body.length);
  response.end(hasBody ? reply.body : undefined);
};

/** Makes the listener. A failure of the platform itself answers 500 and is told to `onFailure`. */
export const createApiListener = (executeApi: ExecuteApi, onFailure: (failure: unknown) => void): ApiListener => {
  const server = createServer({ keepAliveTimeout: 65_000, maxHeaderSize: maximumHeaderBytes }, (incoming, response) => {
    serve(executeApi, incoming, response).catch((failure: unknown) => {
      onFailure(failure);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"Internal server error"}');
    });
  });
  return { listen: (port = 0) => listenOn(server, port), close: () => closeServer(server) };
};

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenLocally } from '../listen-locally.ts';

/** An origin whose answers a test writes, and that remembers what it was asked. */
export interface OriginServer {
  /** `127.0.0.1:<port>` */
  readonly domainName: string;
  readonly requests: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  answerWith(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** Starts an origin that answers `hello` until it is told otherwise. */
export const startOrigin = async (): Promise<OriginServer> => {
  const requests: OriginServer['requests'] = [];
  let handler = (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'max-age=60', 'content-length': '5' }).end('hello');
  };
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    handler(request, response);
  });
  const { url, close } = await listenLocally(server);
  return {
    domainName: new URL(url).host,
    requests,
    answerWith: (next) => {
      handler = next;
    },
    close,
  };
};

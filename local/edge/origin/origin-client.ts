import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { endToEndHeaders, fromRawHeaders, type HeaderList } from '../header-list.ts';
import type { OriginRequest } from './origin-request.ts';

/** An origin's response, with its body still arriving. */
export interface OriginResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: IncomingMessage;
}

/** The origin did not answer: 502 when it could not be reached, 504 when it took too long. */
export class OriginError extends Error {
  override readonly name = 'OriginError';
  readonly status: 502 | 504;
  /** `x-edge-detailed-result-type` in the logs. */
  readonly detail: 'OriginConnectError' | 'OriginCommError';

  constructor(message: string, status: 502 | 504, detail: 'OriginConnectError' | 'OriginCommError', options: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.detail = detail;
  }
}

/** Sends requests to origins over connections that are kept. */
export interface OriginClient {
  /** Throws OriginError when there is no response. A body is sent once; without one, failed connections are tried again. */
  send(request: OriginRequest, body?: Readable): Promise<OriginResponse>;
  close(): void;
}

const response = (sent: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });

const timed = (sent: ClientRequest, { connectTimeoutMilliseconds, readTimeoutMilliseconds }: OriginRequest): void => {
  sent.setTimeout(readTimeoutMilliseconds, () => sent.destroy(new OriginError('the origin did not answer in time', 504, 'OriginCommError', {})));
  sent.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => sent.destroy(new Error('the origin did not take the connection in time')), connectTimeoutMilliseconds);
    const stop = (): void => clearTimeout(timer);
    socket.once('connect', stop);
    socket.once('close', stop);
  });
};

/** A client with connection pools of its own. */
export const createOriginClient = (): OriginClient => {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const attempt = async (request: OriginRequest, body: Readable | undefined): Promise<OriginResponse> => {
    const options = { method: request.method, headers: request.headers };
    const sent = request.url.startsWith('https:')
      ? httpsRequest(request.url, { ...options, agent: agents.https })
      : httpRequest(request.url, { ...options, agent: agents.http });
    timed(sent, request);
    const answered = response(sent);
    if (body) body.pipe(sent);
    else sent.end();
    const message = await answered;
    return { status: message.statusCode ?? 502, headers: endToEndHeaders(fromRawHeaders(message.rawHeaders)), body: message };
  };
  return {
    send: async (request, body) => {
      for (let tried = 1; ; tried += 1) {
        try {
          return await attempt(request, body);
        } catch (error) {
          if (error instanceof OriginError) throw error;
          if (body || tried >= request.attempts) throw new OriginError('the origin could not be reached', 502, 'OriginConnectError', { cause: error });
        }
      }
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
};

import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

/** A response, with its bytes as the socket counted them: status line, headers and body. */
export interface CountedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly socketBytes: number;
}

/** An HTTP client that knows what really arrived: it counts the bytes of its sockets, not what headers promise. */
export interface CountingClient {
  get(url: string): Promise<CountedResponse>;
  /** Bytes received so far, over all connections. */
  readonly receivedBytes: number;
  readonly requests: number;
  close(): void;
}

/** A client that uses one connection at a time, so that the socket's count between two responses is one response. */
export const countingClient = (): CountingClient => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const counted = new Map<Socket, number>();
  let requests = 0;
  let receivedBytes = 0;
  const countSocket = (socket: Socket): number => {
    const bytes = socket.bytesRead - (counted.get(socket) ?? 0);
    counted.set(socket, socket.bytesRead);
    receivedBytes += bytes;
    return bytes;
  };
  return {
    get: (url) =>
      new Promise((resolve, reject) => {
        requests += 1;
        const request = get(url, { agent, timeout: 15_000 }, (response) => {
          const chunks: Buffer[] = [];
          const { socket } = response;
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), socketBytes: countSocket(socket) }),
          );
        });
        request.on('timeout', () => request.destroy(new Error(`no answer within 15 s: ${url}`)));
        request.on('error', reject);
      }),
    get receivedBytes() {
      return receivedBytes;
    },
    get requests() {
      return requests;
    },
    close: () => agent.destroy(),
  };
};

import type { Server } from 'node:http';
import type { Server as SocketServer } from 'node:net';

/** Listens on 127.0.0.1, on any free port for 0. Rejects with what to do when the port is in use. */
export const listenOn = (server: SocketServer, port: number): Promise<{ readonly url: string; readonly port: number }> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another`, { cause: error }) : error);
    };
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      const address = server.address();
      const opened = typeof address === 'object' && address ? address.port : port;
      resolve({ url: `http://127.0.0.1:${opened}`, port: opened });
    });
  });

// Long enough for a call in flight, short enough for somebody who waits for an exit.
const graceMilliseconds = 2_000;

/** Stops listening, lets calls in flight end for two seconds, then closes every connection. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });

import type { Server } from 'node:http';

/** Listens on 127.0.0.1. Rejects with what to do when the port is in use. */
export const listenOn = (server: Server, port: number): Promise<{ readonly url: string }> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another`, { cause: error }) : error);
    };
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      const address = server.address();
      resolve({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}` });
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

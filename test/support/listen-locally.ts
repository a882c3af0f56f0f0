import type { Server } from 'node:http';
import { listenOn } from '../../local/gateway/listener.ts';

/** A server that listens on a port of the system's choice. */
export interface LocalListener {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends every connection too: a test does not wait for calls in flight. */
  readonly close: () => Promise<void>;
}

/** Listens on 127.0.0.1 until it is closed. */
export const listenLocally = async (server: Server): Promise<LocalListener> => {
  const { url } = await listenOn(server, 0);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

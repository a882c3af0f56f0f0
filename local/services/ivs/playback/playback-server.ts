import { createServer } from 'node:http';
import { listenOn } from '../../../gateway/listener.ts';
import { PlaybackHandler, type PlaybackOptions } from './playback-handler.ts';

/** The listener for players. */
export interface PlaybackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. Rejects with what to do when the port is in use. */
export const startPlaybackServer = async (options: PlaybackOptions, wanted: number): Promise<PlaybackServer> => {
  const handler = new PlaybackHandler(options);
  const server = createServer((request, response) => {
    handler.serve(request, response).catch(() => {
      // A segment that went while it was asked for, or a player that left.
      if (!response.headersSent) response.writeHead(404, { 'content-length': 0 });
      response.end();
    });
  });
  const { port } = await listenOn(server, wanted);
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

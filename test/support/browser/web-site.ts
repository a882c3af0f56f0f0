import { createServer } from 'node:http';
import { closeServer, listenOn } from '../../../local/gateway/listener.ts';
import { startPlayerServer } from '../../../local/player/player-server.ts';

/** A customer's site, which lets its visitors in and shows them the player. */
export interface WebSite {
  readonly port: number;
  /** The path that gives a visitor these cookies and goes on to the player of a URL. */
  entrance(setCookie: readonly string[], playbackUrl: string): string;
  close(): Promise<void>;
}

/** Opens the site on a port of 127.0.0.1. */
export const openWebSite = async (): Promise<WebSite> => {
  const player = await startPlayerServer();
  const entrances: { readonly setCookie: readonly string[]; readonly playbackUrl: string }[] = [];
  const server = createServer((request, response) => {
    const entrance = entrances[Number(/^\/enter\/(\d+)$/.exec(request.url ?? '')?.[1])];
    if (entrance) {
      response.writeHead(302, { location: `/?src=${encodeURIComponent(entrance.playbackUrl)}`, 'set-cookie': [...entrance.setCookie] }).end();
      return;
    }
    fetch(new URL(request.url ?? '/', player.pageFor('')))
      .then(async (answer) => response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(Buffer.from(await answer.arrayBuffer())))
      .catch(() => response.destroy());
  });
  const { port } = await listenOn(server, 0);
  return {
    port,
    entrance: (setCookie, playbackUrl) => `/enter/${entrances.push({ setCookie, playbackUrl }) - 1}`,
    close: async () => {
      await closeServer(server);
      await player.close();
    },
  };
};

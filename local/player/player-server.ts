import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { closeServer, listenOn } from '../gateway/listener.ts';

/** A plain page that plays a playback URL: HLS and CMAF with hls.js, DASH and MSS with dash.js. */
export interface PlayerServer {
  /** The page for a playback URL. */
  pageFor(playbackUrl: string): string;
  close(): Promise<void>;
}

const script = 'text/javascript; charset=utf-8';

const ofPackage = (name: string): string => createRequire(import.meta.url).resolve(name);

const files: Readonly<Record<string, { readonly path: () => string; readonly type: string }>> = {
  '/': { path: () => join(import.meta.dirname, 'page.html'), type: 'text/html; charset=utf-8' },
  '/player.js': { path: () => join(import.meta.dirname, 'player.js'), type: script },
  '/hls.js': { path: () => ofPackage('hls.js/dist/hls.min.js'), type: script },
  '/dash.js': { path: () => ofPackage('dashjs'), type: script },
  '/dash-mss.js': { path: () => ofPackage('dashjs/mss'), type: script },
};

/** Serves the page on 127.0.0.1; port 0 is a free one. */
export const startPlayerServer = async (port = 0): Promise<PlayerServer> => {
  const server = createServer((request, response) => {
    const file = files[request.url?.split('?')[0] ?? ''];
    if (file) response.writeHead(200, { 'content-type': file.type }).end(readFileSync(file.path()));
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  });
  const { url } = await listenOn(server, port);
  return { pageFor: (playbackUrl) => `${url}/?src=${encodeURIComponent(playbackUrl)}`, close: () => closeServer(server) };
};

import { createServer } from 'node:http';
import * as sdk from '@aws-sdk/client-mediapackage';
import { defineService } from '../../../local/gateway/define-service.ts';
import { closeServer, listenOn } from '../../../local/gateway/listener.ts';
import type { LocalService } from '../../../local/gateway/service.ts';
import { readMediaPlaylist, type PlaylistSegment } from '../../../local/media/hls/media-playlist.ts';

/** A packager that keeps what encoders put at each of its two ingest endpoints. */
export interface RecordingPackager {
  readonly service: LocalService;
  /** What was put at an endpoint, the newest by name. */
  files(endpoint: number): ReadonlyMap<string, Buffer>;
  /** Every segment that a rendition's playlists have ever listed at an endpoint, in order. */
  segments(endpoint: number, rendition?: number): readonly PlaylistSegment[];
  /** The chunks of a rendition, joined. */
  stream(endpoint: number, rendition?: number): Buffer;
  close(): Promise<void>;
}

/** Starts it. Any channel id is known. */
export const startRecordingPackager = async (): Promise<RecordingPackager> => {
  const endpoints = [new Map<string, Buffer>(), new Map<string, Buffer>()] as const;
  const listed = new Map<string, PlaylistSegment[]>();
  const keep = (path: string, body: Buffer): void => {
    const [, endpoint = '', name = ''] = /^\/in\/(\d)\/(.+)$/.exec(path) ?? [];
    endpoints[Number(endpoint)]?.set(name, body);
    const rendition = /_(\d+)\.m3u8$/.exec(name)?.[1];
    if (rendition === undefined) return;
    const key = `${endpoint}/${rendition}`;
    const before = listed.get(key) ?? [];
    const added = (readMediaPlaylist(body.toString())?.segments ?? []).filter(({ uri }) => !before.some((known) => known.uri === uri));
    listed.set(key, [...before, ...added]);
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Digest realm="packager", nonce="n", qop="auth"' }).end();
        return;
      }
      keep(request.url ?? '', Buffer.concat(parts));
      response.writeHead(201).end();
    });
  });
  const { url } = await listenOn(server, 0);
  const segments = (endpoint: number, rendition = 1) => listed.get(`${endpoint}/${rendition}`) ?? [];
  return {
    service: defineService('mediapackage', sdk, {
      DescribeChannel: {
        permissions: () => [],
        handle: ({ Id }) => ({ Id, HlsIngest: { IngestEndpoints: endpoints.map((_, index) => ({ Id: `endpoint-${index}`, Url: `${url}/in/${index}/channel`, Username: 'user', Password: 'password' })) } }),
      },
    }),
    files: (endpoint) => endpoints[endpoint] ?? new Map(),
    segments,
    stream: (endpoint, rendition) => Buffer.concat(segments(endpoint, rendition).map(({ uri }) => endpoints[endpoint]?.get(uri) ?? Buffer.alloc(0))),
    close: () => closeServer(server),
  };
};

import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeMediaPlaylist } from '../../../media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import { packagingOf, type EndpointRecord } from '../endpoint-record.ts';
import type { PackagedSegment } from '../packaging/packaged-stream.ts';
import type { PackagedRendition } from '../packaging/ingest-session.ts';
import { selectRenditions } from '../packaging/stream-selection.ts';
import { recordEgress } from './traffic-metrics.ts';
import type { DataPlaneOptions } from './data-plane.ts';

type Answer =
  | { readonly status: number }
  | { readonly status: 200; readonly playlist: string; readonly maxAgeSeconds: number }
  | { readonly status: 200; readonly segment: PackagedSegment };

const segmentMaxAgeSeconds = 1_209_600;
const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Date' };

/** Serves manifests and segments: `/out/v1/<guid>/index.m3u8`, `index_1.m3u8`, `index_1_11.ts?m=…`. */
export const originHandler = (options: DataPlaneOptions) => async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const startedAt = options.clock.now();
  const [, guid, file = ''] = /^\/out\/v1\/([0-9a-f]{32})\/([^/?]+)(?:\?|$)/.exec(request.url ?? '') ?? [];
  const endpoint = [...options.records.endpoints.values()].find((candidate) => candidate.guid === guid);
  const answer = endpoint === undefined ? { status: 404 } : await guarded(options, endpoint, request, file);
  request.resume();
  const bytes = await send(response, answer, request.method === 'HEAD');
  recordEgress(options.metrics, {
    ...(endpoint === undefined ? {} : { channelId: endpoint.channelId, endpointId: endpoint.id }),
    status: answer.status, bytes, milliseconds: options.clock.now() - startedAt,
  });
};

const guarded = async (options: DataPlaneOptions, endpoint: EndpointRecord, { headers, socket, method }: IncomingMessage, file: string): Promise<Answer> =>
  (await options.guard.admits(endpoint, { headers, address: socket.remoteAddress ?? '' })) ? answerOf(options, endpoint, method, file) : { status: 403 };

const answerOf = ({ packager }: DataPlaneOptions, endpoint: EndpointRecord, method: string | undefined, name: string): Answer => {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
  if (endpoint.origination === 'DENY') return { status: 403 };
  const renditions = selectRenditions(packager.session(endpoint.channelId)?.renditions(endpoint) ?? [], endpoint.hls.StreamSelection);
  return name === `${endpoint.manifestName}.m3u8` ? multivariant(endpoint, renditions) : member(endpoint, renditions, name);
};

const manifestMaxAge = (endpoint: EndpointRecord): number => Math.max(1, Math.floor(packagingOf(endpoint).segmentMilliseconds / 2000));

const multivariant = (endpoint: EndpointRecord, renditions: readonly PackagedRendition[]): Answer => {
  const isReady = renditions.length > 0 && renditions.every(({ stream }) => stream.playlist(String) !== undefined);
  if (!isReady) return { status: 404 };
  const streams = renditions.map(({ variant }, index) => ({ ...variant, uri: `${endpoint.manifestName}_${index + 1}.m3u8` }));
  return { status: 200, playlist: writeMultivariantPlaylist(streams), maxAgeSeconds: manifestMaxAge(endpoint) };
};

const member = (endpoint: EndpointRecord, renditions: readonly PackagedRendition[], name: string): Answer => {
  const shape = /^(.+?)_(\d{1,3})(?:\.m3u8|_(\d{1,9})\.ts)$/.exec(name);
  const rendition = shape?.[1] === endpoint.manifestName ? renditions[Number(shape[2]) - 1] : undefined;
  if (shape === null || rendition === undefined) return { status: 404 };
  if (shape[3] !== undefined) {
    const segment = rendition.stream.segment(Number(shape[3]));
    return segment === undefined ? { status: 404 } : { status: 200, segment };
  }
  const playlist = rendition.stream.playlist((number) => `${endpoint.manifestName}_${shape[2] ?? ''}_${number}.ts?m=${endpoint.modifiedAt}`);
  return playlist === undefined ? { status: 404 } : { status: 200, playlist: writeMediaPlaylist(playlist), maxAgeSeconds: manifestMaxAge(endpoint) };
};

/** Sends the answer; resolves to the bytes of its body that were sent. */
const send = async (response: ServerResponse, answer: Answer, isHead: boolean): Promise<number> => {
  if ('playlist' in answer) {
    const body = Buffer.from(answer.playlist);
    response.writeHead(200, { ...crossOrigin, 'content-type': 'application/x-mpegURL', 'content-length': body.length, 'cache-control': `max-age=${answer.maxAgeSeconds}` });
    response.end(isHead ? undefined : body);
    return isHead ? 0 : body.length;
  }
  if (!('segment' in answer)) {
    response.writeHead(answer.status, { ...crossOrigin, 'content-length': 0, 'cache-control': 'max-age=1' }).end();
    return 0;
  }
  response.writeHead(200, { ...crossOrigin, 'content-type': 'video/MP2T', 'content-length': answer.segment.bytes, 'cache-control': `max-age=${segmentMaxAgeSeconds}` });
  return isHead ? endHead(response) : await sendSegment(response, answer.segment);
};

const endHead = (response: ServerResponse): number => {
  response.end();
  return 0;
};

const sendSegment = async (response: ServerResponse, segment: PackagedSegment): Promise<number> => {
  let sent = 0;
  // A viewer that leaves is counted for what was written to it until then.
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    for (const { path } of segment.chunks) {
      for await (const part of createReadStream(path)) {
        const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
        if (gone.signal.aborted) return sent;
        sent += bytes.length;
        if (!response.write(bytes)) await once(response, 'drain', { signal: gone.signal });
      }
    }
    response.end();
  } catch {
    response.destroy();
  }
  return sent;
};

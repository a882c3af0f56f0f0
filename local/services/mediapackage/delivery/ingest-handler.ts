import { createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { digestChallenge, provesDigest } from '../../../media/http/digest.ts';
import type { ChannelRecord, IngestEndpointRecord } from '../channel-record.ts';
import { recordIngress } from './traffic-metrics.ts';
import type { DataPlaneOptions } from './data-plane.ts';

const pathShape = /^\/in\/v2\/([0-9a-f]{32})\/([0-9a-f]{32})\/([A-Za-z0-9_-]{1,120}\.(?:m3u8|ts))$/;
const limits = { playlistBytes: 1_048_576, mediaBytes: 134_217_728 } as const;
const realm = 'MediaPackage';

/** Takes what encoders put at a channel's ingest URLs (WebDAV: PUT and DELETE, digest authentication). */
export const ingestHandler = (options: DataPlaneOptions, nonce: string) => async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const upload = uploadOf(options, request);
  const status = upload === undefined ? 404 : provesDigest(request.headers.authorization, nonce, upload.endpoint, request.method ?? '') ? await perform(options, upload, request) : 401;
  // What was not read must not stand in the way of the next request.
  request.resume();
  response.writeHead(status, { 'content-length': 0, ...(status === 401 ? { 'www-authenticate': digestChallenge(realm, nonce) } : {}) }).end();
};

interface Upload {
  readonly channel: ChannelRecord;
  readonly endpoint: IngestEndpointRecord;
  readonly name: string;
}

const uploadOf = ({ records }: DataPlaneOptions, request: IncomingMessage): Upload | undefined => {
  const [, channelGuid, ingestId, name] = pathShape.exec(request.url ?? '') ?? [];
  const channel = [...records.channels.values()].find(({ guid }) => guid === channelGuid);
  const endpoint = channel?.ingestEndpoints.find(({ id }) => id === ingestId);
  return channel === undefined || endpoint === undefined || name === undefined ? undefined : { channel, endpoint, name };
};

const perform = async (options: DataPlaneOptions, upload: Upload, request: IncomingMessage): Promise<number> => {
  // What an encoder deletes has expired here by its own window.
  if (request.method === 'DELETE') return 204;
  if (request.method !== 'PUT' && request.method !== 'POST') return 405;
  const startedAt = options.clock.now();
  const bytes = await take(options, upload, request);
  if (bytes === undefined) return 409;
  recordIngress(options.metrics, upload.channel.id, upload.endpoint.id, bytes, options.clock.now() - startedAt);
  return 201;
};

/** The bytes taken; `undefined` for media before the playlist that begins a session. */
const take = async ({ packager, clock }: DataPlaneOptions, { channel, endpoint, name }: Upload, request: IncomingMessage): Promise<number | undefined> => {
  const number = channel.ingestEndpoints.indexOf(endpoint);
  if (name.endsWith('.m3u8')) {
    const text = await collect(limited(request, limits.playlistBytes));
    packager.acceptPlaylist(channel, number, name, text.toString('utf8'));
    return text.length;
  }
  const input = packager.input(channel.id, number);
  if (input === undefined) return undefined;
  const file = createWriteStream(input.pathFor(name));
  await pipeline(limited(request, limits.mediaBytes), file);
  await input.keep(name, file.bytesWritten, clock.now());
  return file.bytesWritten;
};

const collect = async (parts: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

async function* limited(body: IncomingMessage, most: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const part of body) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    length += bytes.length;
    if (length > most) throw new RangeError(`a body of more than ${most} bytes`);
    yield bytes;
  }
}

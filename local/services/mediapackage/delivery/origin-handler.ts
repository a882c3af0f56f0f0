import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { formatOf, type EndpointRecord } from '../endpoint-record.ts';
import type { PackagedSegment } from '../packaging/packaged-stream.ts';
import type { Answer } from './answer.ts';
import type { DataPlaneOptions } from './data-plane.ts';
import { viewOf } from './endpoint-view.ts';
import { cmafFormat } from './formats/cmaf.ts';
import { dashFormat } from './formats/dash.ts';
import { hlsFormat } from './formats/hls.ts';
import { mssFormat } from './formats/mss.ts';
import type { FormatTools } from './formats/packaging-format.ts';
import { readOriginPath, type OriginPath } from './time-shift.ts';
import { recordEgress } from './traffic-metrics.ts';

const formats = { HLS: hlsFormat, DASH: dashFormat, MSS: mssFormat, CMAF: cmafFormat } as const;
const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Date' };

/** Serves manifests and segments of every format under `/out/v1/<guid>/`. */
export const originHandler = (options: DataPlaneOptions, tools: FormatTools) => async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const startedAt = options.clock.now();
  const path = readOriginPath(request.url ?? '');
  const endpoint = [...options.records.endpoints.values()].find(({ guid }) => guid === path?.guid);
  const answer: Answer = path === undefined || endpoint === undefined ? { status: 404 } : await answerOf(options, tools, { endpoint, path, request });
  request.resume();
  const bytes = await send(response, answer, request.method === 'HEAD');
  recordEgress(options.metrics, {
    ...(endpoint === undefined ? {} : { channelId: endpoint.channelId, endpointId: endpoint.id }),
    status: answer.status, bytes, milliseconds: options.clock.now() - startedAt,
  });
};

interface Exchange {
  readonly endpoint: EndpointRecord;
  readonly path: OriginPath;
  readonly request: IncomingMessage;
}

const answerOf = async (options: DataPlaneOptions, tools: FormatTools, { endpoint, path, request: { method, headers, socket } }: Exchange): Promise<Answer> => {
  const { guard, packager, clock } = options;
  if (!(await guard.admits(endpoint, { headers, address: socket.remoteAddress ?? '' })) || endpoint.origination === 'DENY') return { status: 403 };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
  const view = viewOf(endpoint, packager.session(endpoint.channelId), path, clock.now());
  return typeof view === 'number' ? { status: view } : formats[formatOf(endpoint)](view, path.file, tools);
};

/** Sends the answer; resolves to the bytes of its body that were sent. */
const send = async (response: ServerResponse, answer: Answer, isHead: boolean): Promise<number> => {
  if (answer.status !== 200) {
    response.writeHead(answer.status, { ...crossOrigin, 'content-length': 0, 'cache-control': 'max-age=1' }).end();
    return 0;
  }
  const { body, contentType, maxAgeSeconds } = answer;
  const length = Buffer.isBuffer(body) ? body.length : body.bytes;
  response.writeHead(200, { ...crossOrigin, 'content-type': contentType, 'content-length': length, 'cache-control': `max-age=${maxAgeSeconds}` });
  if (!isHead && !Buffer.isBuffer(body)) return await sendSegment(response, body);
  response.end(isHead ? undefined : body);
  return isHead ? 0 : length;
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

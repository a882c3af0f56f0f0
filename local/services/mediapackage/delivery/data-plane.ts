import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOn } from '../../../gateway/listener.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { MetricSink } from '../../../runtime/ports.ts';
import type { Packager } from '../packaging/packager.ts';
import { PieceCache } from '../packaging/piece-cache.ts';
import type { MediaPackageRecords } from '../records.ts';
import { ingestHandler } from './ingest-handler.ts';
import type { OriginGuard } from './origin-guard.ts';
import { originHandler } from './origin-handler.ts';
import type { SegmentProtection } from './segment-protection.ts';

/** What the data plane reads and counts. */
export interface DataPlaneOptions {
  readonly records: MediaPackageRecords;
  readonly packager: Packager;
  readonly metrics: MetricSink;
  readonly clock: Clock;
  readonly guard: OriginGuard;
  readonly protection: SegmentProtection;
}

/** The listener for encoders and viewers. */
export interface DataPlane {
  readonly port: number;
  close(): Promise<void>;
}

/** Some segments of a house ladder in every format: what is asked for more than once is asked for at about the same time. */
const mostCachedBytes = 64 * 1_048_576;

/** Listens on 127.0.0.1. Rejects with what to do when the port is in use. */
export const startDataPlane = async (options: DataPlaneOptions, port: number): Promise<DataPlane> => {
  const ingest = ingestHandler(options, randomBytes(12).toString('hex'));
  const origin = originHandler(options, { pieces: new PieceCache(mostCachedBytes), protection: options.protection });
  const server = createServer((request, response) => {
    const isIngest = request.url?.startsWith('/in/') === true;
    (isIngest ? ingest : origin)(request, response).catch(() => fail(request, response));
  });
  const { port: openedPort } = await listenOn(server, port);
  return {
    port: openedPort,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const fail = (request: IncomingMessage, response: ServerResponse): void => {
  request.destroy();
  if (!response.headersSent) response.writeHead(500, { 'content-length': 0 });
  response.end();
};

import { once } from 'node:events';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { ClientSettings } from '../../../local/runtime/ports.ts';
import { listenLocally } from '../listen-locally.ts';

/** A bucket's endpoint that keeps what is put, as much of S3 as log delivery uses. */
export interface LogBucket {
  readonly settings: ClientSettings;
  /** Text of each file by its path (`/<bucket>/<key>`). */
  readonly files: Map<string, string>;
  /** Refuses everything until it is called with false. */
  refuse(isRefusing: boolean): void;
  /** Resolves when the next file has come. */
  nextFile(): Promise<void>;
  close(): Promise<void>;
}

/** Lines of all files, without the headers. */
export const logLines = ({ files }: LogBucket): string[][] =>
  [...files.values()].flatMap((text) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t')));

/** Starts the endpoint on a port of the system's choice. */
export const startLogBucket = async (): Promise<LogBucket> => {
  const files = new Map<string, string>();
  let isRefusing = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (isRefusing) {
        response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code><Message>refused by the test</Message></Error>');
        return;
      }
      files.set(new URL(request.url ?? '/', 'http://bucket').pathname, gunzipSync(Buffer.concat(chunks)).toString());
      response.writeHead(200, { etag: '"1"' }).end();
      server.emit('file');
    });
  });
  const { url: endpoint, close } = await listenLocally(server);
  return {
    settings: { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } },
    files,
    refuse: (next) => {
      isRefusing = next;
    },
    nextFile: async () => {
      await once(server, 'file');
    },
    close,
  };
};

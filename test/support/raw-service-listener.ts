import { createServer } from 'node:http';
import type { CallContext, Permission, RawService } from '../../local/gateway/service.ts';
import { listenLocally } from './listen-locally.ts';

/** A raw service behind a listener of its own, for suites that need no signatures. */
export interface RawServiceListener {
  readonly endpoint: string;
  /** The permissions that calls asked for, in order. */
  readonly asked: Permission[];
  readonly close: () => Promise<void>;
}

const context: CallContext = { principal: { kind: 'operator' }, requestId: 'request-1', region: 'us-east-1', accountId: '123456789012' };

/** Listens on a free port of 127.0.0.1 and allows everything. */
export const listenRaw = async (service: RawService): Promise<RawServiceListener> => {
  const asked: Permission[] = [];
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    service.handle(request, response, context, (permission) => asked.push(permission)).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const { url: endpoint, close } = await listenLocally(server);
  return { endpoint, asked, close };
};

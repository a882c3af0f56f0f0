import { once } from 'node:events';
import type { Server } from 'node:http';
import type { EdgeNetwork } from '../services/cloudfront/cloudfront-world.ts';
import { domainNameOf } from './viewer-listener.ts';

/** Where listeners are opened. */
export interface ListenerPlaces {
  /** The port of the first distribution; the system chooses when absent or 0. */
  readonly firstPort?: number;
  readonly createListener: (distributionId: string) => Server;
  /** Called when a deleted distribution's listener has closed. */
  readonly afterClose: (distributionId: string) => Promise<void>;
}

const listen = async (server: Server, port: number): Promise<boolean> => {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
};

const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  // Viewers in mid-transfer lose it: what they got is counted.
  setImmediate(() => server.closeAllConnections());
  await closed;
};

/** Opens one listener a distribution on 127.0.0.1. */
export const createEdgeLocations = ({ firstPort, createListener, afterClose }: ListenerPlaces): EdgeNetwork & { closeAll(): Promise<void> } => {
  const servers = new Map<string, Server>();
  const shut = async (distributionId: string): Promise<void> => {
    const server = servers.get(distributionId);
    servers.delete(distributionId);
    if (server) await close(server);
  };
  return {
    open: async (distributionId, knownDomainName) => {
      const server = createListener(distributionId);
      const wanted = Number(knownDomainName?.split(':')[1] ?? (servers.size === 0 ? firstPort : undefined) ?? 0);
      const isListening = wanted !== 0 && (await listen(server, wanted));
      if (!isListening && wanted !== 0 && knownDomainName === undefined) {
        throw new Error(`edge: port ${wanted} of 127.0.0.1 is in use: stop what uses it, or choose another.`);
      }
      if (!isListening) await listen(server, 0);
      servers.set(distributionId, server);
      return domainNameOf(server);
    },
    close: async (distributionId) => {
      await shut(distributionId);
      await afterClose(distributionId);
    },
    closeAll: async () => {
      await Promise.all([...servers.keys()].map(shut));
    },
  };
};

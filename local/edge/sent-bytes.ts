import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * What each response put on its connection: status line, headers, blank line and body, framing included, exactly as a
 * viewer that counts raw bytes receives it. A transfer that breaks off counts what the operating system had taken.
 */
export interface SentBytes {
  /** Watches a connection from its beginning. */
  watch(socket: Socket): void;
  /** Calls back once, when the response has been sent on the connection or has broken off. */
  measure(socket: Socket, response: ServerResponse, onEnd: (bytes: number, isComplete: boolean) => void): void;
  /** Bytes on the connection that no response has counted yet; counts them. */
  claim(socket: Socket): number;
}

interface Meter {
  /** Bytes that responses have counted. */
  counted: number;
  /** Bytes that the operating system had taken when the connection was torn down. */
  takenAtEnd?: number;
}

// What libuv holds back is in `bytesWritten` but has not left the process.
const heldBack = (socket: Socket): number => {
  const handle: unknown = Reflect.get(socket, '_handle');
  const size: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'writeQueueSize') : 0;
  return typeof size === 'number' ? size : 0;
};

/** Counts by the sockets' own counters, so that nothing that Node adds is missed. */
export const createSentBytes = (): SentBytes => {
  const meters = new WeakMap<Socket, Meter>();
  const meterOf = (socket: Socket): Meter => {
    const meter = meters.get(socket) ?? { counted: 0 };
    meters.set(socket, meter);
    return meter;
  };
  const take = (socket: Socket, total: number): number => {
    const meter = meterOf(socket);
    const bytes = Math.max(0, total - meter.counted);
    meter.counted = Math.max(meter.counted, total);
    return bytes;
  };
  return {
    watch: (socket) => {
      const meter = meterOf(socket);
      const destroy = socket.destroy.bind(socket);
      socket.destroy = (error) => {
        const queued = socket.writableLength > 0 ? heldBack(socket) : 0;
        meter.takenAtEnd ??= socket.bytesWritten - queued;
        return destroy(error);
      };
    },
    measure: (socket, response, onEnd) => {
      let sent: number | undefined;
      // All of the response has been handed to the socket, and nothing of a following one.
      response.once('prefinish', () => {
        sent = take(socket, socket.bytesWritten);
      });
      response.once('close', () => {
        if (response.writableFinished && sent !== undefined) {
          onEnd(sent, true);
          return;
        }
        const meter = meterOf(socket);
        const before = meter.counted - (sent ?? 0);
        // A response that waited behind another one never had the connection.
        const total = response.socket === null ? before : (meter.takenAtEnd ?? socket.bytesWritten);
        meter.counted = Math.max(before, total);
        onEnd(Math.max(0, total - before), false);
      });
    },
    claim: (socket) => take(socket, socket.bytesWritten),
  };
};

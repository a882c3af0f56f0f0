import type { IncomingMessage } from 'node:http';
import { ServiceFault } from './service-fault.ts';

/** Reads a request's body whole. Throws `ServiceFault` 413 as soon as it is longer than the limit. */
export const readBody = async (request: IncomingMessage, limitBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop must not destroy the socket: the answer still goes out on it.
  const incoming: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  for await (const bytes of incoming) {
    length += bytes.length;
    if (length <= limitBytes) {
      chunks.push(bytes);
      continue;
    }
    request.resume();
    throw new ServiceFault('RequestEntityTooLargeException', `the request body is longer than ${limitBytes} bytes`, 413);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

/** A request's headers as one text each, names in lower case. */
export const flatHeaders = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));

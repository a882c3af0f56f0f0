import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends text over one connection and answers with every byte that came back until the edge closed it. */
export const exchangeRaw = async (domainName: string, text: string): Promise<Buffer> => {
  const [host = '', port = ''] = domainName.split(':');
  const socket = connect(Number(port), host);
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(received);
};

/** Reads until at least `bytes` have come, then drops the connection. Answers how many came. */
export const abortAfter = async (domainName: string, text: string, bytes: number): Promise<number> => {
  const [host = '', port = ''] = domainName.split(':');
  const socket = connect(Number(port), host);
  let received = 0;
  socket.write(text);
  for await (const chunk of socket) {
    received += Buffer.isBuffer(chunk) ? chunk.length : 0;
    if (received >= bytes) break;
  }
  socket.resetAndDestroy();
  return received;
};

/** A request's text. */
export const requestText = (target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): string =>
  `${method} ${target} HTTP/1.1\r\nHost: edge.test\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

import { request } from 'node:http';

/** What the edge answers. */
export interface EdgeAnswer {
  readonly status: number;
  readonly text: string;
}

/** Asks an edge location on a port of this machine for a viewer's URL, as if its host name led there. */
export const askEdge = (port: number, url: string, cookies: readonly string[] = []): Promise<EdgeAnswer> =>
  new Promise((resolve, reject) => {
    const { host, pathname, search } = new URL(url);
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    const asked = request({ host: '127.0.0.1', port, path: `${pathname}${search}`, headers: { host, ...(cookie !== '' && { cookie }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    asked.on('error', reject).end();
  });

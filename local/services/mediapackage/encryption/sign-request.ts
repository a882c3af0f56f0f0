import { createHash, createHmac } from 'node:crypto';
import type { ClientSettings } from '../../../runtime/ports.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

/** The headers with which a POST is signed for API Gateway. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export const signedHeaders = (url: URL, body: string, { region, credentials }: ClientSettings, now: number): Readonly<Record<string, string>> => {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const sent = {
    'content-type': 'application/xml',
    'x-amz-date': time,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const headers = Object.entries({ ...sent, host: url.host }).sort(([left], [right]) => (left < right ? -1 : 1));
  const names = headers.map(([name]) => name).join(';');
  const path = url.pathname.split('/').map(encode).join('/');
  const request = ['POST', path, canonicalQuery(url), ...headers.map(([name, value]) => `${name}:${value}`), '', names, sha256(body)].join('\n');
  const scope = [time.slice(0, 8), region, 'execute-api', 'aws4_request'];
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n')).toString('hex');
  return { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}` };
};

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A user of a protected URL. */
export interface DigestCredentials {
  readonly username: string;
  readonly password: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const parameters = (header: string): ReadonlyMap<string, string> =>
  new Map([...header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']));

interface Exchange extends DigestCredentials {
  readonly realm: string;
  readonly nonce: string;
  readonly method: string;
  readonly uri: string;
  readonly count: string;
  readonly clientNonce: string;
}

const responseOf = ({ username, realm, password, method, uri, nonce, count, clientNonce }: Exchange): string =>
  md5(`${md5(`${username}:${realm}:${password}`)}:${nonce}:${count}:${clientNonce}:auth:${md5(`${method}:${uri}`)}`);

/** The header that answers a server's challenge for one request (RFC 7616, MD5, qop=auth, as WebDAV servers ask for). */
export const digestAuthorization = (challenge: string, credentials: DigestCredentials, method: string, uri: string): string => {
  const asked = parameters(challenge);
  const [realm, nonce] = [asked.get('realm') ?? '', asked.get('nonce') ?? ''];
  const exchange = { ...credentials, realm, nonce, method, uri, count: '00000001', clientNonce: randomBytes(8).toString('hex') };
  return `Digest username="${credentials.username}", realm="${realm}", nonce="${nonce}", uri="${uri}", qop=auth, nc=${exchange.count}, cnonce="${exchange.clientNonce}", algorithm=MD5, response="${responseOf(exchange)}"`;
};

/** The challenge of a server: one nonce for as long as it runs. */
export const digestChallenge = (realm: string, nonce: string): string => `Digest realm="${realm}", qop="auth", nonce="${nonce}", algorithm=MD5`;

/** Whether a request's header proves the password. */
export const provesDigest = (header: string | undefined, nonce: string, credentials: DigestCredentials, method: string): boolean => {
  if (header === undefined || !header.startsWith('Digest ')) return false;
  const given = parameters(header);
  if (given.get('nonce') !== nonce || given.get('username') !== credentials.username) return false;
  const expected = responseOf({
    ...credentials, nonce, method,
    realm: given.get('realm') ?? '', uri: given.get('uri') ?? '', count: given.get('nc') ?? '', clientNonce: given.get('cnonce') ?? '',
  });
  const proof = Buffer.from(given.get('response') ?? '');
  return proof.length === expected.length && timingSafeEqual(proof, Buffer.from(expected));
};

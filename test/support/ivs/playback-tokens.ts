import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** A pair that playback tokens are signed with. */
export interface PlaybackKeys {
  readonly publicKeyMaterial: string;
  readonly privateKey: KeyObject;
}

export const playbackKeys = (namedCurve = 'secp384r1'): PlaybackKeys => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  return { publicKeyMaterial: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey };
};

/** A token as a backend makes it, with an independent library. */
export const playbackToken = ({ privateKey }: PlaybackKeys, claims: Readonly<Record<string, unknown>>, secondsAhead = 60): Promise<string> =>
  new SignJWT({ exp: Math.floor(Date.now() / 1000) + secondsAhead, ...claims }).setProtectedHeader({ alg: 'ES384', typ: 'JWT' }).sign(privateKey);

const encoded = (part: Readonly<Record<string, unknown>>): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token that nobody signed with a private key: with the public half as a password, or not at all. */
export const forgedToken = ({ publicKeyMaterial }: PlaybackKeys, alg: 'HS256' | 'none', claims: Readonly<Record<string, unknown>>): string => {
  const signed = `${encoded({ alg, typ: 'JWT' })}.${encoded({ exp: Math.floor(Date.now() / 1000) + 60, ...claims })}`;
  return `${signed}.${alg === 'none' ? '' : createHmac('sha256', publicKeyMaterial).update(signed).digest('base64url')}`;
};

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';

/** A pool's private key. */
export type SigningKey = JWK & { readonly kid: string };

const algorithm = 'RS256';

/** A new key of 2,048 bits. */
export const newSigningKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: randomUUID() };
};

/** What the world may know of a key. */
export const publicPart = ({ kty, n, e, alg, use, kid }: SigningKey): Readonly<Record<string, string | undefined>> => ({ alg, e, kid, kty, n, use });

/** Signs claims as they are. */
export const signClaims = async (key: SigningKey, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: key.kid }).sign(await importJWK(key, algorithm));

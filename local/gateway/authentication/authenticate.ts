import { ServiceFault } from '../service-fault.ts';
import type { AccessControl } from './identities.ts';
import type { SignedRequest } from './credential-scope.ts';
import { isSignedWith, type SignedParts } from './signature.ts';
import type { Principal } from '../service.ts';

const invalidToken = (): ServiceFault => new ServiceFault('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

const isExpiredUrl = ({ query }: SignedParts, now: number): boolean => {
  const signedAt = (query.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(signedAt) + Number(query.get('X-Amz-Expires') ?? 0) * 1000 < now;
};

/**
 * Who signed a request. `parts` is undefined where the body's hash cannot be known before it is streamed: then only the
 * key and its session token are checked, as with SigV4A, whose public-key signature is not verified here.
 * Throws `ServiceFault` when the key is unknown, its session is over or the signature does not match.
 */
export const authenticate = (access: AccessControl, signed: SignedRequest | undefined, parts: SignedParts | undefined, now: number): Principal => {
  if (!signed) throw new ServiceFault('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  const identity = access.identity(signed.accessKeyId);
  if (!identity || identity.sessionToken !== signed.sessionToken) throw invalidToken();
  if (identity.expiresAt !== undefined && identity.expiresAt <= now) {
    throw new ServiceFault('ExpiredTokenException', 'The security token included in the request is expired', 403);
  }
  if (parts && signed.algorithm === 'sigv4' && !isSignedWith(identity.secretAccessKey, signed, parts)) {
    throw new ServiceFault('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.', 403);
  }
  if (parts && signed.presigned && isExpiredUrl(parts, now)) throw new ServiceFault('AccessDenied', 'Request has expired', 403);
  return identity.principal;
};

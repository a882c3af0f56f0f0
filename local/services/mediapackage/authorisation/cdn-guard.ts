import { createHash, timingSafeEqual } from 'node:crypto';
import type { ParityNote } from '../../../assembly/parity.ts';
import type { OriginGuard } from '../delivery/origin-guard.ts';
import type { CdnIdentifiers } from './cdn-identifiers.ts';

/** https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html */
const identifierHeader = 'x-mediapackage-cdnidentifier';

const isSame = (left: string, right: string): boolean => {
  const [first, second] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
};

/**
 * Lets only those through to an endpoint with authorisation who send the identifier of its CDN. Nobody is let through while the
 * secret cannot be read, which is told; an identifier that is sent to an endpoint without authorisation is refused, as on AWS.
 */
export const cdnGuard = (identifiers: CdnIdentifiers, onFault: (message: string) => void): OriginGuard => ({
  admits: async (endpoint, { headers }) => {
    const sent = headers[identifierHeader];
    if (endpoint.authorization === undefined) return sent === undefined;
    if (typeof sent !== 'string') return false;
    try {
      return (await identifiers.accepted(endpoint.authorization)).some((accepted) => isSame(accepted, sent));
    } catch (error) {
      onFault(`origin endpoint ${endpoint.id} lets nobody through: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  },
});

/** How far the lock of origins follows AWS. */
export const authorisationParity = (subject: string): readonly ParityNote[] => [
  { subject, item: 'Authorization, with a secret that has changed', stance: 'enforced', reason: 'recognised ten minutes after the last reading, divided by the time scale; AWS says within ten minutes' },
  { subject, item: 'an identifier that is sent to an endpoint without Authorization', stance: 'enforced', reason: 'answered with 403, where AWS answers 404' },
];

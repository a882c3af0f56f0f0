import { InvalidIfMatchVersion, PreconditionFailed } from '@aws-sdk/client-cloudfront';
import type { CloudFrontWorld } from './cloudfront-world.ts';

/** A new entity tag, such as `E2QWRUHAPOMQZL`. */
export const newEntityTag = (world: CloudFrontWorld): string => `E${world.newId(13)}`;

/** Throws InvalidIfMatchVersion when the caller sent no tag, PreconditionFailed when the resource has changed since. */
export const requireMatch = (ifMatch: string | undefined, etag: string, what: string): void => {
  if (ifMatch === undefined || ifMatch === '') {
    throw new InvalidIfMatchVersion({ message: `${what}: the If-Match version is missing, expected the ETag of the current version.`, $metadata: {} });
  }
  if (ifMatch !== etag) {
    throw new PreconditionFailed({ message: `${what}: If-Match is ${ifMatch}, but the current version is ${etag}: read it again and repeat the change.`, $metadata: {} });
  }
};

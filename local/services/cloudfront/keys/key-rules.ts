import { createPublicKey, type KeyObject } from 'node:crypto';
import { InvalidArgument, type KeyGroupConfig, type PublicKeyConfig, TooManyPublicKeysInKeyGroup } from '@aws-sdk/client-cloudfront';
import type { CloudFrontState } from '../cloudfront-state.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-key-groups */
const mostKeysInGroup = 5;

const invalid = (message: string): InvalidArgument => new InvalidArgument({ message, $metadata: {} });

const parsed = (pem: string): KeyObject | undefined => {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
};

const isTaken = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  (asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048) || (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1');

/** Throws InvalidArgument for a key that CloudFront would not take: RSA of 2048 bits or ECDSA on P-256, in PEM. */
export const assertPublicKey = ({ EncodedKey }: PublicKeyConfig): void => {
  const key = parsed(EncodedKey ?? '');
  if (!key || !isTaken(key)) throw invalid('EncodedKey: expected a public key in PEM, RSA of 2048 bits or ECDSA on P-256.');
};

/** Throws CloudFront's own error for a group of no key, of too many, or of keys that do not exist. */
export const assertKeyGroup = (state: CloudFrontState, { Items = [] }: KeyGroupConfig): void => {
  if (Items.length === 0) throw invalid('Items: a key group needs one public key at least.');
  if (Items.length > mostKeysInGroup) throw new TooManyPublicKeysInKeyGroup({ message: `${Items.length} keys, at most ${mostKeysInGroup} are allowed in a group.`, $metadata: {} });
  const missing = Items.filter((id) => !state.publicKeys.get(id));
  if (missing.length > 0) throw invalid(`Items: no public key ${missing.join(', ')}.`);
};

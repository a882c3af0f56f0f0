import { KeyGroup, PublicKey } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { CookiesConfiguration } from '../../config/cookies.ts';

export interface ViewerCookieKeysProps {
  /** Names what CloudFront wants unique in an AWS account. */
  readonly stage: string;
  readonly keys: CookiesConfiguration['keys'];
}

/** The public halves of the keys that sign viewers' cookies, and the group that behaviours trust. */
export class ViewerCookieKeys extends Construct {
  readonly keyGroup: KeyGroup;
  /** CloudFront's ids of the keys, by their names. */
  readonly keyPairIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { stage, keys }: ViewerCookieKeysProps) {
    super(scope, id);
    // A key cannot be changed, only replaced: each has its own id in the template.
    const publicKeys = keys.map((key) => ({
      id: key.id,
      publicKey: new PublicKey(this, `Key${key.id}`, { publicKeyName: `${stage}-viewer-cookies-${key.id}`, encodedKey: key.publicKey, comment: 'Verifies viewers\' cookies' }),
    }));
    this.keyGroup = new KeyGroup(this, 'Group', { keyGroupName: `${stage}-viewer-cookies`, comment: 'Verifies viewers\' cookies', items: publicKeys.map(({ publicKey }) => publicKey) });
    this.keyPairIds = Object.fromEntries(publicKeys.map((key) => [key.id, key.publicKey.publicKeyId]));
  }
}

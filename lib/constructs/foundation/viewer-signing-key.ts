import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { removalPolicyOf, type RetentionProps } from '../retention.ts';

/** Names the first key; a rotation adds the next and moves `signWith`. */
const firstKeyId = 'k1';

/** The secret that signs viewer tokens, in the shape of lambda/contract/viewer-token.ts. CloudFormation generates the key. */
export class ViewerSigningKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: RetentionProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Signs the tokens in viewers\' URLs',
      // 64 of 62 characters carry more than HMAC-SHA256 can use (64 × 5.95 bits).
      generateSecretString: { secretStringTemplate: JSON.stringify({ signWith: firstKeyId }), generateStringKey: firstKeyId, passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicyOf(props),
    });
    acknowledge(this.secret, {
      'AwsSolutions-SMG4': 'A new key must reach every edge before it signs and the old one must outlive its tokens: rotation is a step of the runbook, not a timer.',
    });
  }
}

import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { removalPolicyOf, type RetentionProps } from '../retention.ts';

/** Names the first key; a rotation adds the next and moves `signWith`. */
const firstKeyId = 'k1';

/** 64 of 62 characters carry more than HMAC-SHA256 can use (64 × 5.95 bits). */
const keyCharacters = { passwordLength: 64, excludePunctuation: true };

/** The secrets that sign viewers' tokens and name viewers in them, in the shapes of lambda/contract/viewer-token.ts. CloudFormation generates the keys. */
export class ViewerSigningKey extends Construct {
  readonly secret: Secret;
  /** By which viewers are named: no rotation, for it would make every viewer a new one. */
  readonly names: Secret;

  constructor(scope: Construct, id: string, props: RetentionProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Signs the tokens in viewers\' URLs',
      generateSecretString: { secretStringTemplate: JSON.stringify({ signWith: firstKeyId }), generateStringKey: firstKeyId, ...keyCharacters },
      removalPolicy: removalPolicyOf(props),
    });
    acknowledge(this.secret, {
      'AwsSolutions-SMG4': 'A new key must reach every edge before it signs and the old one must outlive its tokens: rotation is a command, not a timer.',
    });
    this.names = new Secret(this, 'Names', {
      description: 'Names viewers in their sessions',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'viewers', ...keyCharacters },
      removalPolicy: removalPolicyOf(props),
    });
    acknowledge(this.names, { 'AwsSolutions-SMG4': 'It opens nothing; another value would make every viewer a new one in figures and limits.' });
  }
}

import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** The header by which the packager knows its CDN. https://docs.aws.amazon.com/mediapackage/latest/ug/cdn-auth.html */
const cdnIdentifierHeader = 'X-MediaPackage-CDNIdentifier';

/** The key of the secret's JSON under which the packager looks for the header's value. */
const cdnIdentifierKey = 'MediaPackageCDNIdentifier';

export interface OriginAuthorisationProps {
  /** Says in descriptions which pipeline it is. */
  readonly pipelineId: string;
}

/**
 * Keeps everyone but the pipeline's distribution off the packager: an identifier that CloudFormation generates, that the
 * distribution sends with every request and without which the packager answers 403.
 */
export class OriginAuthorisation extends Construct {
  readonly secret: Secret;
  /** What the distribution sends to the packager. The value is resolved when CloudFormation creates or changes the distribution. */
  readonly originHeaders: Readonly<Record<string, string>>;
  private readonly role: Role;

  constructor(scope: Construct, id: string, { pipelineId }: OriginAuthorisationProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: `Lets the distribution of ${pipelineId} through to its packager`,
      // The packager takes 8 to 128 characters; 36 of 62 carry more than a UUID.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: cdnIdentifierKey, passwordLength: 36, excludePunctuation: true },
      // Worth nothing without its endpoints, which go with it.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.secret, {
      'AwsSolutions-SMG4': 'The packager and the distribution must change over in order, with a wait between: scripts/rotate-origin-secret.ts rotates, not a timer.',
    });
    this.role = new Role(this, 'Role', { description: 'Lets the packager read the identifier of its CDN', assumedBy: new ServicePrincipal('mediapackage.amazonaws.com') });
    // https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-cdn.html
    const actions = ['GetSecretValue', 'DescribeSecret', 'ListSecrets', 'ListSecretVersionIds'].map((action) => `secretsmanager:${action}`);
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [this.secret.secretArn] }));
    this.originHeaders = { [cdnIdentifierHeader]: this.secret.secretValueFromJson(cdnIdentifierKey).unsafeUnwrap() };
  }

  /** Lets nobody through to the endpoint without the identifier. */
  lock(endpoint: CfnOriginEndpoint): void {
    endpoint.authorization = { cdnIdentifierSecret: this.secret.secretArn, secretsRoleArn: this.role.roleArn };
    // The packager reads the secret from the first request on: its role must be whole by then.
    endpoint.node.addDependency(this.role);
  }
}

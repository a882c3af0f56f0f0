import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export interface EdgeCertificatesStackProps extends StackProps {
  readonly stage: string;
  /** The certificate is made for every host directly below it. */
  readonly domainName: string;
  /**
   * The hosted zone in which the certificate is validated.
   * @default - the deployment waits until the record that ACM asks for exists
   */
  readonly hostedZoneId?: string;
}

/** One address may ask for so much in five minutes: about 30 viewers behind one address on a 6 s segment ladder. */
const requestsPerAddress = 20_000;

/** What CloudFront takes from us-east-1 only. Its outputs become the stage's `delivery` configuration. */
export class EdgeCertificatesStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeCertificatesStackProps) {
    super(scope, id, props);
    new CfnOutput(this, 'CertificateArn', { value: this.defineCertificate(props).certificateArn });
    new CfnOutput(this, 'WebAclArn', { value: this.defineWebAcl(props).attrArn });
  }

  private defineCertificate({ domainName, hostedZoneId }: EdgeCertificatesStackProps): Certificate {
    const zone = hostedZoneId === undefined ? undefined : HostedZone.fromHostedZoneId(this, 'Zone', hostedZoneId);
    return new Certificate(this, 'Certificate', { domainName: `*.${domainName}`, validation: CertificateValidation.fromDns(zone) });
  }

  private defineWebAcl({ stage }: EdgeCertificatesStackProps): CfnWebACL {
    const visibilityConfig = { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
    return new CfnWebACL(this, 'WebAcl', {
      name: `${stage}-viewers`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: { ...visibilityConfig, metricName: `${stage}-viewers` },
      rules: [
        {
          name: 'rate-per-address',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: requestsPerAddress, aggregateKeyType: 'IP' } },
          visibilityConfig: { ...visibilityConfig, metricName: `${stage}-rate-per-address` },
        },
      ],
    });
  }
}

import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  Signing,
  ViewerProtocolPolicy,
  type DistributionProps,
} from 'aws-cdk-lib/aws-cloudfront';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfiguration } from '../../config/stage-configuration.ts';
import { edgeFunctionCode } from '../../edge/edge-code.ts';
import { acknowledge } from '../acknowledge.ts';
import type { ViewerEdge } from './viewer-edge.ts';

export interface RecordingsDeliveryProps {
  readonly stage: string;
  readonly recordings: Bucket;
  readonly edge: ViewerEdge;
  readonly accessLogs: Bucket;
  readonly delivery: StageConfiguration['delivery'];
}

/** What the keys of its access logs begin with. */
const recordingsLogPrefix = 'recordings/';

const priceClasses: Readonly<Record<StageConfiguration['delivery']['priceClass'], PriceClass>> = {
  PriceClass_100: PriceClass.PRICE_CLASS_100,
  PriceClass_200: PriceClass.PRICE_CLASS_200,
  PriceClass_All: PriceClass.PRICE_CLASS_ALL,
};

/**
 * Where recordings of all shows are watched: one distribution in front of the private bucket, which its origin access
 * control alone may read, behind the function that verifies the token in the path. `s3:GetObject` for CloudFront.
 */
export class RecordingsDelivery extends Construct {
  readonly distribution: Distribution;
  /** Where viewers' URLs begin, without a trailing slash. */
  readonly baseUrl: string;

  constructor(scope: Construct, id: string, props: RecordingsDeliveryProps) {
    super(scope, id);
    const { recordings, edge, accessLogs, delivery } = props;
    const control = new S3OriginAccessControl(this, 'AccessControl', { description: 'CloudFront signs what it asks of the bucket', signing: Signing.SIGV4_ALWAYS });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Viewers of ${props.stage}'s recordings`,
      priceClass: priceClasses[delivery.priceClass],
      defaultBehavior: {
        origin: S3BucketOrigin.withBucketDefaults(this.imported('Recordings', recordings), { originAccessControlId: control.originAccessControlId }),
        cachePolicy: this.defineCaching(props.stage),
        responseHeadersPolicy: edge.responseHeaders,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        compress: false,
        viewerProtocolPolicy: delivery.viewerScheme === 'https' ? ViewerProtocolPolicy.REDIRECT_TO_HTTPS : ViewerProtocolPolicy.ALLOW_ALL,
        functionAssociations: [{ function: this.defineFunction(props), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      // A bucket answers 403 for what is not there, as the function does for what nobody may see.
      errorResponses: [403, 404, 500, 503].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(1) })),
      enableLogging: true,
      logBucket: this.imported('AccessLogs', accessLogs),
      logFilePrefix: recordingsLogPrefix,
      logIncludesCookies: false,
      ...this.ownDomain(delivery),
      ...(delivery.webAclArn !== undefined && { webAclId: delivery.webAclArn }),
    });
    this.letIn(recordings);
    this.baseUrl = `${delivery.viewerScheme}://${delivery.domainName === undefined ? this.distribution.distributionDomainName : `recordings.${delivery.domainName}`}`;
    this.acknowledge(delivery);
  }

  /** As a bucket of its attributes, which is what an origin and a log's place need to know of it. */
  private imported(id: string, { bucketArn, bucketRegionalDomainName }: Bucket): IBucket {
    return Bucket.fromBucketAttributes(this, id, { bucketArn, bucketRegionalDomainName });
  }

  /** The distribution, and nobody else. */
  private letIn(recordings: Bucket): void {
    recordings.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [recordings.arnForObjects('*')],
        conditions: { StringEquals: { 'AWS:SourceArn': this.distribution.distributionArn } },
      }),
    );
  }

  /** What a conversion wrote never changes: kept for a day, which is also how long a deleted file can be seen by those who have a token. */
  private defineCaching(stage: string): CachePolicy {
    return new CachePolicy(this, 'Caching', {
      cachePolicyName: `${stage}-recordings`,
      comment: 'How recordings are cached: by their path, and by the name under which they are kept',
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      queryStringBehavior: CacheQueryStringBehavior.allowList('response-content-disposition'),
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.days(1),
      maxTtl: Duration.days(1),
    });
  }

  private defineFunction({ stage, edge }: RecordingsDeliveryProps): EdgeFunction {
    return new EdgeFunction(this, 'ViewerRequest', {
      functionName: `${stage}-recording-request`,
      comment: 'Verifies the token in the path of a recording and strips it',
      code: FunctionCode.fromInline(edgeFunctionCode({ file: 'recording-request.js', webOrigins: [] })),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: edge.store,
    });
  }

  private ownDomain({ domainName, certificateArn }: StageConfiguration['delivery']): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
    if (domainName === undefined || certificateArn === undefined) return {};
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    return { domainNames: [`recordings.${domainName}`], certificate, minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021 };
  }

  private acknowledge({ certificateArn, webAclArn }: StageConfiguration['delivery']): void {
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Recordings are for viewers everywhere; who may see one is said by its token.',
      ...(webAclArn === undefined && { 'AwsSolutions-CFR2': 'The edge function lets nobody through without a signed path; a stage that wants a web ACL as well names its ARN in its configuration.' }),
      ...(certificateArn === undefined && { 'AwsSolutions-CFR4': 'CloudFront\'s own certificate cannot be given a security policy; a stage with a domain of its own has TLS 1.2 at least.' }),
    });
  }
}

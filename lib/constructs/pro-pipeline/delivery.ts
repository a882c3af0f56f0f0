import { Duration, Fn } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  Distribution,
  FunctionEventType,
  OriginProtocolPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type DistributionProps,
  type ErrorResponse,
  type ICachePolicy,
  type IKeyGroup,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { cookiePathPrefix, viewerPathPrefix } from '../../../lambda/contract/viewer-token.ts';
import type { StageConfiguration } from '../../config/stage-configuration.ts';
import { acknowledge } from '../acknowledge.ts';
import type { ViewerEdge } from '../foundation/viewer-edge.ts';

export interface DeliveryProps {
  /** Says which pipeline it is, and begins the keys of its access logs. */
  readonly pipelineId: string;
  /** A URL of the packager, which is the origin. */
  readonly packagerUrl: string;
  /** What the distribution sends with every request to the packager. */
  readonly originHeaders: Readonly<Record<string, string>>;
  readonly edge: ViewerEdge;
  /**
   * Whose cookies open the paths of cookies.
   * @default - there are no such paths
   */
  readonly cookieKeyGroup?: IKeyGroup;
  readonly accessLogs: Bucket;
  readonly delivery: StageConfiguration['delivery'];
}

const priceClasses: Readonly<Record<StageConfiguration['delivery']['priceClass'], PriceClass>> = {
  PriceClass_100: PriceClass.PRICE_CLASS_100,
  PriceClass_200: PriceClass.PRICE_CLASS_200,
  PriceClass_All: PriceClass.PRICE_CLASS_ALL,
};

/**
 * How long an error is kept. CloudFront's own 10 seconds would hold a viewer who comes early off the first segments, and
 * make a hiccup of the packager one that all viewers see.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const errorResponses: ErrorResponse[] = [404, 500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(1) }));

/** Manifests of HLS and CMAF, DASH, and Smooth Streaming. */
const manifestFiles = ['*.m3u8', '*.mpd', '*.ism/Manifest'];

/** Smooth Streaming's fragments lie below `….ism/` as its manifest does (`QualityLevels(…)/Fragments(…)`) and never change; then the segments of the others. */
const segmentFiles = ['*.ism/*', '*'];

type CookieTrust = Pick<BehaviorOptions, 'trustedKeyGroups' | 'responseHeadersPolicy'>;

/** What differs where cookies open: CloudFront verifies them, and pages of the stage's own sites may send them. */
const cookieTrust = ({ cookieResponseHeaders }: ViewerEdge, keyGroup: IKeyGroup): CookieTrust => ({
  trustedKeyGroups: [keyGroup],
  ...(cookieResponseHeaders && { responseHeadersPolicy: cookieResponseHeaders }),
});

/** `https://<host>/out/v1/…` → `<host>`, when the stack is deployed. */
const hostOf = (url: string): string => Fn.select(2, Fn.split('/', url));

/** What viewers reach: the packager behind the edge function, with standard access logs. */
export class Delivery extends Construct {
  readonly distribution: Distribution;
  /** Where viewers' URLs begin, without a trailing slash. */
  readonly baseUrl: string;
  private readonly props: DeliveryProps;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    this.props = props;
    const { edge, pipelineId, delivery } = props;
    const origin = new HttpOrigin(hostOf(props.packagerUrl), { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, customHeaders: props.originHeaders });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Viewers of ${pipelineId}`,
      priceClass: priceClasses[delivery.priceClass],
      // The function answers whatever is not a viewer's path; a behaviour is chosen by the path before it is stripped.
      defaultBehavior: this.behaviour(origin, edge.manifestCaching),
      additionalBehaviors: {
        ...this.behavioursBelow(viewerPathPrefix, origin),
        ...(props.cookieKeyGroup && this.behavioursBelow(cookiePathPrefix, origin, cookieTrust(edge, props.cookieKeyGroup))),
      },
      errorResponses,
      enableLogging: true,
      logBucket: this.importedLogs(props.accessLogs),
      logFilePrefix: `${pipelineId}/`,
      logIncludesCookies: false,
      ...this.ownDomain(),
      ...(delivery.webAclArn !== undefined && { webAclId: delivery.webAclArn }),
    });
    this.baseUrl = `${delivery.viewerScheme}://${this.ownDomainName() ?? this.distribution.distributionDomainName}`;
    this.acknowledge();
  }

  /** As a bucket of another stack: what owns the bucket decides on its settings. */
  private importedLogs({ bucketArn, bucketRegionalDomainName }: Bucket): IBucket {
    return Bucket.fromBucketAttributes(this, 'AccessLogs', { bucketArn, bucketRegionalDomainName });
  }

  /** One behaviour a kind of manifest, then the segments: the first that matches is taken. */
  private behavioursBelow(prefix: string, origin: IOrigin, trust: CookieTrust = {}): Record<string, BehaviorOptions> {
    const { manifestCaching, segmentCaching } = this.props.edge;
    const below = (file: string, caching: ICachePolicy): [string, BehaviorOptions] => [`/${prefix}/${file}`, { ...this.behaviour(origin, caching), ...trust }];
    return Object.fromEntries([...manifestFiles.map((file) => below(file, manifestCaching)), ...segmentFiles.map((file) => below(file, segmentCaching))]);
  }

  private behaviour(origin: IOrigin, cachePolicy: ICachePolicy): BehaviorOptions {
    const { edge, delivery } = this.props;
    return {
      origin,
      cachePolicy,
      originRequestPolicy: edge.viewerFacts,
      responseHeadersPolicy: edge.responseHeaders,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      compress: false,
      viewerProtocolPolicy: delivery.viewerScheme === 'https' ? ViewerProtocolPolicy.REDIRECT_TO_HTTPS : ViewerProtocolPolicy.ALLOW_ALL,
      functionAssociations: [{ function: edge.viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  /** An alias belongs to one distribution: each pipeline has its own below the stage's domain. */
  private ownDomainName(): string | undefined {
    const { domainName } = this.props.delivery;
    return domainName === undefined ? undefined : `${this.props.pipelineId.replace(/^pl_/, '')}.${domainName}`;
  }

  private ownDomain(): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
    const domainName = this.ownDomainName();
    const { certificateArn } = this.props.delivery;
    if (domainName === undefined || certificateArn === undefined) return {};
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    return { domainNames: [domainName], certificate, minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021 };
  }

  private acknowledge(): void {
    const { certificateArn, webAclArn } = this.props.delivery;
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Shows are for viewers everywhere; a producer who wants less says so per breakout, not per distribution.',
      ...(webAclArn === undefined && { 'AwsSolutions-CFR2': 'The edge function lets nobody through without a signed path; a stage that wants a web ACL as well names its ARN in its configuration.' }),
      ...(certificateArn === undefined && { 'AwsSolutions-CFR4': 'CloudFront\'s own certificate cannot be given a security policy; a stage with a domain of its own has TLS 1.2 at least.' }),
    });
  }
}

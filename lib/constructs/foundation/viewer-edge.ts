import { Duration } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionRuntime,
  KeyValueStore,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { breakoutCacheHeader, viewerCountryHeader } from '../../../lambda/contract/viewer-token.ts';
import { edgeFunctionCode } from '../../edge/edge-code.ts';

/** What the packager varies its answers by. */
const packagerQueryStrings = ['m', 'aws.manifestfilter', 'start', 'end'];

export interface ViewerEdgeProps {
  /** Names what CloudFront wants unique in an AWS account. */
  readonly stage: string;
  /**
   * The sites whose pages may send cookies.
   * @default - there are no cookies
   */
  readonly webOrigins?: readonly string[];
}

/**
 * What every distribution shares: the one function that verifies viewers, the store that it reads, and policies. They
 * are shared because CloudFront allows 20 policies of a kind and 100 distributions a policy.
 */
export class ViewerEdge extends Construct {
  readonly store: KeyValueStore;
  readonly viewerRequest: EdgeFunction;
  readonly manifestCaching: CachePolicy;
  readonly segmentCaching: CachePolicy;
  readonly responseHeaders: ResponseHeadersPolicy;
  /** For the paths that cookies open; absent where there are none. */
  readonly cookieResponseHeaders?: ResponseHeadersPolicy;
  /** What the function is told beside the request: the viewer's country, for tokens that are bound to one. */
  readonly viewerFacts: OriginRequestPolicy;
  private readonly stage: string;

  constructor(scope: Construct, id: string, { stage, webOrigins = [] }: ViewerEdgeProps) {
    super(scope, id);
    this.stage = stage;
    this.store = new KeyValueStore(this, 'Store', { keyValueStoreName: `${stage}-viewer-edge`, comment: 'Signing keys, and which breakout each distribution serves' });
    this.viewerRequest = new EdgeFunction(this, 'ViewerRequest', {
      functionName: `${stage}-viewer-request`,
      comment: 'Verifies the token in a viewer\'s path and strips it',
      code: FunctionCode.fromInline(edgeFunctionCode({ file: 'viewer-request.js', webOrigins })),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: this.store,
    });
    // The packager says how long a manifest is fresh (half a segment); without a word from it, a second.
    this.manifestCaching = this.definePolicy('ManifestCaching', 'manifests', { minTtl: Duration.seconds(0), defaultTtl: Duration.seconds(1), maxTtl: Duration.seconds(5) });
    // A segment never changes, and nobody asks for it once it has left every manifest.
    this.segmentCaching = this.definePolicy('SegmentCaching', 'segments', { minTtl: Duration.seconds(0), defaultTtl: Duration.days(1), maxTtl: Duration.days(1) });
    this.responseHeaders = this.defineResponseHeaders();
    if (webOrigins.length > 0) this.cookieResponseHeaders = this.defineCookieResponseHeaders(webOrigins);
    this.viewerFacts = new OriginRequestPolicy(this, 'ViewerFacts', {
      originRequestPolicyName: `${stage}-viewer-facts`,
      comment: 'Tells the edge function the viewer\'s country, which is in no cache key',
      headerBehavior: OriginRequestHeaderBehavior.allowList(viewerCountryHeader),
    });
  }

  private definePolicy(id: string, what: string, ttls: Readonly<Record<'minTtl' | 'defaultTtl' | 'maxTtl', Duration>>): CachePolicy {
    return new CachePolicy(this, id, {
      cachePolicyName: `${this.stage}-${what}`,
      comment: `How ${what} of the packager are cached: apart for each breakout`,
      // Two shows of one pipeline can have segments of the same name: the breakout keeps them apart.
      headerBehavior: CacheHeaderBehavior.allowList(breakoutCacheHeader),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...packagerQueryStrings),
      ...ttls,
    });
  }

  private defineResponseHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      responseHeadersPolicyName: `${this.stage}-players`,
      comment: 'Lets players on every site read what the token opens; there are no cookies to protect',
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowOrigins: ['*'],
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
    });
  }

  private defineCookieResponseHeaders(webOrigins: readonly string[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'CookieResponseHeaders', {
      responseHeadersPolicyName: `${this.stage}-players-with-cookies`,
      comment: 'Lets players on the stage\'s own sites read what their cookies open',
      corsBehavior: {
        accessControlAllowCredentials: true,
        // With credentials browsers take no `*`.
        accessControlAllowHeaders: ['Range'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowOrigins: [...webOrigins],
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
    });
  }
}

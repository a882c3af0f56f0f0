import type { CachePolicyConfig, OriginRequestPolicyConfig, ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';

const listed = (items: readonly string[]) => ({ Quantity: items.length, Items: [...items] });

interface CacheKeyParts {
  readonly gzip?: boolean;
  readonly headers?: readonly string[];
  readonly queryStrings?: readonly string[] | 'all';
  readonly cookies?: 'all';
}

const cachePolicy = (Name: string, [MinTTL, DefaultTTL, MaxTTL]: readonly [number, number, number], key: CacheKeyParts): CachePolicyConfig => ({
  Name,
  MinTTL,
  DefaultTTL,
  MaxTTL,
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: key.gzip ?? false,
    EnableAcceptEncodingBrotli: key.gzip ?? false,
    HeadersConfig: key.headers ? { HeaderBehavior: 'whitelist', Headers: listed(key.headers) } : { HeaderBehavior: 'none' },
    CookiesConfig: { CookieBehavior: key.cookies ?? 'none' },
    QueryStringsConfig:
      key.queryStrings === undefined || key.queryStrings === 'all'
        ? { QueryStringBehavior: key.queryStrings ?? 'none' }
        : { QueryStringBehavior: 'whitelist', QueryStrings: listed(key.queryStrings) },
  },
});

const year = 31_536_000;
const day = 86_400;
const originHeaders = ['host', 'origin', 'x-http-method-override', 'x-http-method', 'x-method-override'];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const managedCachePolicies: Readonly<Record<string, CachePolicyConfig>> = {
  '658327ea-f89d-4fab-a63d-7e88639e58f6': cachePolicy('Managed-CachingOptimized', [1, day, year], { gzip: true }),
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': cachePolicy('Managed-CachingOptimizedForUncompressedObjects', [1, day, year], {}),
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': cachePolicy('Managed-CachingDisabled', [0, 0, 0], {}),
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': cachePolicy('Managed-Elemental-MediaPackage', [0, day, year], {
    gzip: true,
    headers: ['origin'],
    queryStrings: ['aws.manifestfilter', 'start', 'end', 'm'],
  }),
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': cachePolicy('UseOriginCacheControlHeaders', [0, 0, year], { gzip: true, headers: originHeaders, cookies: 'all' }),
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': cachePolicy('UseOriginCacheControlHeaders-QueryStrings', [0, 0, year], {
    gzip: true,
    headers: originHeaders,
    queryStrings: 'all',
    cookies: 'all',
  }),
};

const originRequestPolicy = (
  Name: string,
  headers: readonly string[] | 'none' | 'allViewer',
  everything: 'none' | 'all',
): OriginRequestPolicyConfig => ({
  Name,
  HeadersConfig: typeof headers === 'string' ? { HeaderBehavior: headers } : { HeaderBehavior: 'whitelist', Headers: listed(headers) },
  CookiesConfig: { CookieBehavior: everything },
  QueryStringsConfig: { QueryStringBehavior: everything },
});

const corsRequest = ['origin', 'access-control-request-headers', 'access-control-request-method'];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const managedOriginRequestPolicies: Readonly<Record<string, OriginRequestPolicyConfig>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': originRequestPolicy('Managed-AllViewer', 'allViewer', 'all'),
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    ...originRequestPolicy('Managed-AllViewerExceptHostHeader', 'none', 'all'),
    HeadersConfig: { HeaderBehavior: 'allExcept', Headers: listed(['host']) },
  },
  '59781a5b-3903-41f3-afcb-af62929ccde1': originRequestPolicy('Managed-CORS-CustomOrigin', ['origin'], 'none'),
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': originRequestPolicy('Managed-CORS-S3Origin', corsRequest, 'none'),
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': originRequestPolicy('Managed-HostHeaderOnly', ['host'], 'none'),
  'acba4595-bd28-49b8-b9fe-13317c0390fa': originRequestPolicy('Managed-UserAgentRefererHeaders', ['user-agent', 'referer'], 'none'),
};

const cors = (Name: string, preflight: boolean): ResponseHeadersPolicyConfig => ({
  Name,
  CorsConfig: {
    AccessControlAllowOrigins: listed(['*']),
    AccessControlAllowHeaders: listed(['*']),
    AccessControlAllowMethods: { Quantity: preflight ? 7 : 2, Items: preflight ? ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'] : ['GET', 'HEAD'] },
    AccessControlAllowCredentials: false,
    AccessControlExposeHeaders: preflight ? listed(['*']) : listed([]),
    OriginOverride: false,
  },
});

const security = {
  XSSProtection: { Override: false, Protection: true, ModeBlock: true },
  FrameOptions: { Override: false, FrameOption: 'SAMEORIGIN' },
  ReferrerPolicy: { Override: false, ReferrerPolicy: 'strict-origin-when-cross-origin' },
  ContentTypeOptions: { Override: true },
  StrictTransportSecurity: { Override: false, AccessControlMaxAgeSec: year },
} as const;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const managedResponseHeadersPolicies: Readonly<Record<string, ResponseHeadersPolicyConfig>> = {
  '60669652-455b-4ae9-85a4-c4c02393f86c': cors('Managed-SimpleCORS', false),
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd': cors('Managed-CORS-With-Preflight', true),
  '67f7725c-6f97-4210-82d7-5512b31e9d03': { Name: 'Managed-SecurityHeadersPolicy', SecurityHeadersConfig: security },
  'e61eb60c-9c35-4d20-a928-2b84e02af89c': { ...cors('Managed-CORS-and-SecurityHeadersPolicy', false), SecurityHeadersConfig: security },
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63': { ...cors('Managed-CORS-with-preflight-and-SecurityHeadersPolicy', true), SecurityHeadersConfig: security },
};

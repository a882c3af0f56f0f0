import type { ResponseHeadersPolicyConfig, ResponseHeadersPolicyCorsConfig, ResponseHeadersPolicySecurityHeadersConfig } from '@aws-sdk/client-cloudfront';
import { type HeaderList, headerValue, replaceHeaders, withoutHeaders } from '../header-list.ts';
import type { ViewerRequest } from '../viewer-request.ts';

interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces the origin's. */
  readonly overrides: boolean;
}

const originMatches = (allowed: string, origin: string): boolean => {
  if (allowed === '*') return true;
  const source = allowed.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${allowed.includes('://') ? '' : 'https?://'}${source}$`).test(origin);
};

const allowedOrigin = (cors: ResponseHeadersPolicyCorsConfig, origin: string): string | undefined => {
  const allowed = (cors.AccessControlAllowOrigins?.Items ?? []).find((pattern) => originMatches(pattern, origin));
  if (allowed === undefined) return undefined;
  return allowed === '*' && cors.AccessControlAllowCredentials !== true ? '*' : origin;
};

const corsHeaders = (cors: ResponseHeadersPolicyCorsConfig, request: ViewerRequest): readonly PolicyHeader[] => {
  const origin = request.headers['origin'];
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  const lists: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['Access-Control-Expose-Headers', isPreflight ? [] : cors.AccessControlExposeHeaders?.Items],
    ['Access-Control-Allow-Methods', isPreflight ? cors.AccessControlAllowMethods?.Items : []],
    ['Access-Control-Allow-Headers', isPreflight ? cors.AccessControlAllowHeaders?.Items : []],
    ['Access-Control-Max-Age', isPreflight && cors.AccessControlMaxAgeSec !== undefined ? [String(cors.AccessControlMaxAgeSec)] : []],
    ['Access-Control-Allow-Credentials', cors.AccessControlAllowCredentials === true ? ['true'] : []],
    ['Vary', allowed === '*' ? [] : ['Origin']],
  ];
  return [['Access-Control-Allow-Origin', [allowed]] as const, ...lists]
    .filter(([, values]) => (values ?? []).length > 0)
    .map(([name, values]) => ({ name, value: (values ?? []).join(', '), overrides: cors.OriginOverride === true }));
};

const strictTransport = ({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }: NonNullable<ResponseHeadersPolicySecurityHeadersConfig['StrictTransportSecurity']>): string =>
  `max-age=${AccessControlMaxAgeSec ?? 0}${IncludeSubdomains === true ? '; includeSubDomains' : ''}${Preload === true ? '; preload' : ''}`;

const securityHeaders = (security: ResponseHeadersPolicySecurityHeadersConfig): readonly PolicyHeader[] => {
  const { XSSProtection, FrameOptions, ReferrerPolicy, ContentSecurityPolicy, ContentTypeOptions, StrictTransportSecurity } = security;
  const header = (name: string, value: string, overrides: boolean | undefined): PolicyHeader => ({ name, value, overrides: overrides === true });
  return [
    ...(XSSProtection ? [header('X-XSS-Protection', `${XSSProtection.Protection === true ? 1 : 0}${XSSProtection.ModeBlock === true ? '; mode=block' : ''}`, XSSProtection.Override)] : []),
    ...(FrameOptions ? [header('X-Frame-Options', FrameOptions.FrameOption ?? 'SAMEORIGIN', FrameOptions.Override)] : []),
    ...(ReferrerPolicy ? [header('Referrer-Policy', ReferrerPolicy.ReferrerPolicy ?? 'no-referrer', ReferrerPolicy.Override)] : []),
    ...(ContentSecurityPolicy ? [header('Content-Security-Policy', ContentSecurityPolicy.ContentSecurityPolicy ?? '', ContentSecurityPolicy.Override)] : []),
    ...(ContentTypeOptions ? [header('X-Content-Type-Options', 'nosniff', ContentTypeOptions.Override)] : []),
    ...(StrictTransportSecurity ? [header('Strict-Transport-Security', strictTransport(StrictTransportSecurity), StrictTransportSecurity.Override)] : []),
  ];
};

/** The headers after the response headers policy: its CORS, security and own headers, and without those it removes. */
export const applyResponseHeadersPolicy = (policy: ResponseHeadersPolicyConfig | undefined, request: ViewerRequest, headers: HeaderList): HeaderList => {
  if (!policy) return headers;
  const kept = withoutHeaders(headers, (policy.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header ?? ''));
  const added = [
    ...(policy.CorsConfig ? corsHeaders(policy.CorsConfig, request) : []),
    ...(policy.SecurityHeadersConfig ? securityHeaders(policy.SecurityHeadersConfig) : []),
    ...(policy.CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({ name: Header ?? '', value: Value ?? '', overrides: Override === true })),
  ];
  const applied = added.filter(({ name, overrides }) => overrides || headerValue(kept, name) === undefined);
  return replaceHeaders(kept, applied.map(({ name, value }) => [name, value] as const));
};

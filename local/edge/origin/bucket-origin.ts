import type { Origin, OriginAccessControlConfig } from '@aws-sdk/client-cloudfront';
import { signatureOf } from '../../gateway/authentication/signature.ts';
import type { ClientSettings } from '../../runtime/ports.ts';
import type { OriginRequest } from './origin-request.ts';

/** The bucket that an origin is; undefined for an origin that is none. */
export const bucketOf = ({ S3OriginConfig, DomainName = '' }: Origin): string | undefined =>
  S3OriginConfig === undefined ? undefined : /^(.+)\.s3[.-]/.exec(DomainName)?.[1];

const bodiless = 'UNSIGNED-PAYLOAD';

/** Escaped as S3 signs paths: the viewer's own escapes stay. */
const escapedPath = (path: string): string => path.replaceAll(/[^A-Za-z0-9_.~/%-]/g, (character) => encodeURIComponent(character).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`));

const signedHeaders = (method: string, url: URL, { region, credentials }: ClientSettings, now: number): Readonly<Record<string, string>> => {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const headers = {
    host: url.host,
    'x-amz-content-sha256': bodiless,
    'x-amz-date': time,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const scope = { date: time.slice(0, 8), region, service: 's3' };
  const signature = signatureOf(credentials.secretAccessKey, { ...scope, signedHeaders: names, time }, { method, path: url.pathname, query: url.searchParams, headers, payloadHash: bodiless });
  const credential = [credentials.accessKeyId, scope.date, region, 's3', 'aws4_request'].join('/');
  return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature.toString('hex')}` };
};

/** A request to a bucket: to S3 on this machine, signed for CloudFront itself where an origin access control says so. */
export const bucketRequest = (request: OriginRequest, bucket: string, control: OriginAccessControlConfig | undefined, settings: ClientSettings, now: number): OriginRequest => {
  const asked = new URL(request.url);
  // The cache policy has decided which queries the bucket sees.
  const url = new URL(`${settings.endpoint}/${bucket}${escapedPath(asked.pathname)}${asked.search}`);
  const signed = control?.SigningBehavior === 'always' ? signedHeaders(request.method, url, settings, now) : { host: url.host };
  return { ...request, url: url.href, headers: { ...request.headers, ...signed } };
};

import { createSign } from 'node:crypto';

/** What a custom policy lets through. */
export interface CookiePolicy {
  /** The viewer's URLs, with `*` for any run of characters: `https://<host>/c/<breakoutId>/*`. */
  readonly resource: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** The only address that it lets through; CloudFront compares IPv4 alone. */
  readonly ip?: string;
}

/** With which key cookies are signed. */
export interface CookieKey {
  /** CloudFront's id of the public half. */
  readonly keyPairId: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

/** The names of CloudFront's cookies; all four travel together. */
export const signedCookieNames = ['CloudFront-Policy', 'CloudFront-Signature', 'CloudFront-Key-Pair-Id', 'CloudFront-Hash-Algorithm'] as const;

/** The policy as it is signed: without white space. */
export const cookiePolicyText = ({ resource, expiresAt, ip }: CookiePolicy): string => {
  const address = ip === undefined || ip.includes(':') ? {} : { IpAddress: { 'AWS:SourceIp': `${ip}/32` } };
  return JSON.stringify({ Statement: [{ Resource: resource, Condition: { DateLessThan: { 'AWS:EpochTime': expiresAt }, ...address } }] });
};

/** Base64 without the characters that URLs and cookies read otherwise: `+` is `-`, `=` is `_`, `/` is `~`. */
export const cookieBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');

/**
 * CloudFront's signed cookies for a custom policy, by name, signed with RSA over SHA-256.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 */
export const signedCookies = (policy: CookiePolicy, { keyPairId, privateKey }: CookieKey): Readonly<Record<(typeof signedCookieNames)[number], string>> => {
  const text = cookiePolicyText(policy);
  return {
    'CloudFront-Policy': cookieBase64(Buffer.from(text)),
    'CloudFront-Signature': cookieBase64(createSign('RSA-SHA256').update(text).sign(privateKey)),
    'CloudFront-Key-Pair-Id': keyPairId,
    'CloudFront-Hash-Algorithm': 'SHA256',
  };
};

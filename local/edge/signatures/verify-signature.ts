import { createVerify } from 'node:crypto';
import { type EdgeAnswer } from '../edge-answer.ts';
import type { ViewerRequest } from '../viewer-request.ts';
import { cannedPolicy, lets, readPolicy } from './policy.ts';
import { type RequestSignature, signatureOf, withoutRequestSignature } from './signed-request.ts';

/** What verifying works with. */
export interface SignatureChecks {
  /** The viewer's URL without its query: `https://<host>/<path>`. */
  readonly url: string;
  /** PEM of a key that the behaviour trusts. */
  readonly trustedKey: (keyPairId: string) => string | undefined;
  /** Unix seconds. */
  readonly now: number;
}

/** CloudFront's own answer to who may not. */
const refusal = (code: string, message: string): EdgeAnswer => {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  return { status: 403, headers: [['Content-Type', 'text/xml'], ['Content-Length', String(body.length)]], body, result: 'Error', detail: 'Error' };
};

const denied = (): EdgeAnswer => refusal('AccessDenied', 'Access denied');

/** CloudFront's base64: `-`, `_` and `~` stand for `+`, `=` and `/`. */
const decoded = (text: string): Buffer => Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');

const algorithms: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA256: 'sha256' };

const policyText = ({ policy, expires }: RequestSignature, url: string): string | undefined => {
  if (policy !== undefined) return decoded(policy).toString('utf8');
  return expires === undefined || !/^\d+$/.test(expires) ? undefined : cannedPolicy(url, expires);
};

const isSignedBy = (key: string, { signature = '', hashAlgorithm }: RequestSignature, text: string): boolean => {
  const algorithm = algorithms[hashAlgorithm];
  return algorithm !== undefined && createVerify(algorithm).update(text).verify(key, decoded(signature));
};

/**
 * The request without its signature when a trusted key has signed that it may pass, else CloudFront's refusal. Custom and canned
 * policies, in cookies or in the URL.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html
 */
export const verifySignature = (request: ViewerRequest, { url, trustedKey, now }: SignatureChecks): ViewerRequest | EdgeAnswer => {
  const signature = signatureOf(request);
  if (signature.keyPairId === undefined) return refusal('MissingKey', 'Missing Key-Pair-Id query parameter or cookie value');
  const passed = withoutRequestSignature(request);
  const wholeUrl = passed.query === '' ? url : `${url}?${passed.query}`;
  const text = policyText(signature, wholeUrl);
  const key = trustedKey(signature.keyPairId);
  if (text === undefined || key === undefined || !isSignedBy(key, signature, text)) return denied();
  const statement = readPolicy(text);
  return statement && lets(statement, wholeUrl, request.ip, now) ? passed : denied();
};

import type { Readable } from 'node:stream';
import type { CachePolicyConfig, Origin } from '@aws-sdk/client-cloudfront';
import type { Clock } from '../runtime/clock.ts';
import type { ClientSettings } from '../runtime/ports.ts';
import { allowsMethod, type Behaviour, behaviourFor } from './behaviour.ts';
import type { ObjectSource } from './cache/object-source.ts';
import type { EdgeConfiguration, ServedDistribution } from './edge-configuration.ts';
import { type EdgeAnswer, errorAnswer } from './edge-answer.ts';
import type { FunctionRunner } from './functions/function-runner.ts';
import { answerFromObject } from './object-answer.ts';
import { type OriginClient, OriginError, type OriginResponse } from './origin/origin-client.ts';
import { bucketOf, bucketRequest } from './origin/bucket-origin.ts';
import { type EdgeMarks, type OriginRequest, originRequest } from './origin/origin-request.ts';
import { cacheKey } from './policies/forwarded-parts.ts';
import { verifySignature } from './signatures/verify-signature.ts';
import { withViewerFacts } from './policies/viewer-facts.ts';
import { applyResponseHeadersPolicy } from './policies/response-headers.ts';
import type { ViewerRequest } from './viewer-request.ts';

/** What serving works with. */
export interface ServingParts {
  readonly configuration: EdgeConfiguration;
  readonly source: ObjectSource;
  readonly client: OriginClient;
  readonly functions: FunctionRunner;
  readonly clock: Clock;
  /** Where all viewers are, to whom a policy asks for it. */
  readonly viewerCountry: string;
  /** With what a distribution asks its buckets. */
  readonly bucketAccess: (distributionId: string) => ClientSettings;
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const maximumUrlBytes = 8192;
const maximumHeaderBytes = 20_480;

const headerBytes = (request: ViewerRequest): number => Object.entries(request.headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);

const passThrough = (response: OriginResponse): EdgeAnswer => ({
  status: response.status,
  headers: response.headers,
  body: response.body,
  result: response.status >= 400 ? 'Error' : 'Miss',
});

interface Target {
  readonly distribution: ServedDistribution;
  readonly behaviour: Behaviour;
  readonly origin: Origin;
  readonly policy: CachePolicyConfig;
}

/** A bucket is reached through S3's own endpoint, by CloudFront itself. */
const requestTo = ({ configuration, bucketAccess, clock }: ServingParts, { distribution, origin }: Target, request: OriginRequest): OriginRequest => {
  const bucket = bucketOf(origin);
  if (bucket === undefined) return request;
  return bucketRequest({ ...request, method: 'GET' }, bucket, configuration.originAccessControl(origin.OriginAccessControlId ?? ''), bucketAccess(distribution.id), clock.now());
};

const fromOrigin = async (parts: ServingParts, target: Target, request: ViewerRequest, marks: EdgeMarks, body: Readable): Promise<EdgeAnswer> => {
  const { distribution, behaviour, origin, policy } = target;
  const policies = { cache: policy, originRequest: parts.configuration.originRequestPolicy(behaviour.OriginRequestPolicyId ?? '') };
  const toOrigin = requestTo(parts, target, originRequest(origin, policies, request, marks));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const { 'content-length': length, 'content-type': type } = request.headers;
    const headers = { ...toOrigin.headers, ...(length !== undefined && { 'content-length': length }), ...(type !== undefined && { 'content-type': type }) };
    return passThrough(await parts.client.send({ ...toOrigin, headers }, body));
  }
  const key = cacheKey(distribution.id, origin.Id ?? '', policy, request);
  // One object serves GET and HEAD, so that a viewer's HEAD warms the cache as its GET does.
  const fetched = await parts.source.get(key, { ...toOrigin, method: 'GET' }, { policy, errors: distribution.config.CustomErrorResponses });
  if (fetched.kind === 'object') return answerFromObject(fetched.object, request, fetched.result, parts.clock);
  if (request.method === 'GET') return passThrough(fetched.response);
  fetched.response.body.destroy();
  const { status, headers } = fetched.response;
  return { status, headers, result: 'Miss' };
};

const targetOf = (configuration: EdgeConfiguration, distribution: ServedDistribution, behaviour: Behaviour): Target | undefined => {
  const origin = distribution.config.Origins?.Items?.find(({ Id }) => Id === behaviour.TargetOriginId);
  const policy = configuration.cachePolicy(behaviour.CachePolicyId ?? '');
  return origin && policy ? { distribution, behaviour, origin, policy } : undefined;
};

/** Who may come in by the behaviour's key groups, told what its policies ask for; else the refusal. */
const admitted = (parts: ServingParts, { behaviour, policy }: Target, request: ViewerRequest): ViewerRequest | EdgeAnswer => {
  const { configuration, clock } = parts;
  const told = withViewerFacts(request, [policy, configuration.originRequestPolicy(behaviour.OriginRequestPolicyId ?? '')], parts.viewerCountry);
  const { Enabled: isPrivate, Items: groups = [] } = behaviour.TrustedKeyGroups ?? {};
  if (isPrivate !== true) return told;
  const scheme = behaviour.ViewerProtocolPolicy === 'allow-all' ? 'http' : 'https';
  return verifySignature(told, {
    url: `${scheme}://${request.headers['host'] ?? ''}${request.uri}`,
    trustedKey: (keyPairId) => configuration.trustedKey(groups, keyPairId),
    now: Math.floor(clock.now() / 1000),
  });
};

const serveBehaviour = async (parts: ServingParts, target: Target, request: ViewerRequest, marks: EdgeMarks, body: Readable): Promise<EdgeAnswer> => {
  const entrant = admitted(parts, target, request);
  if ('status' in entrant) return entrant;
  const functionArn = target.behaviour.FunctionAssociations?.Items?.[0]?.FunctionARN;
  const context = { distributionId: target.distribution.id, distributionDomainName: target.distribution.domainName, requestId: marks.requestId };
  const outcome = functionArn === undefined ? entrant : parts.functions.run(functionArn, context, entrant);
  if ('status' in outcome) return outcome;
  try {
    return await fromOrigin(parts, target, outcome, marks, body);
  } catch (error) {
    if (error instanceof OriginError) return errorAnswer(error.status, error.detail);
    throw error;
  }
};

/** Answers a viewer as CloudFront does: behaviour, method, function, cache or origin, response headers policy. */
export const serveViewer = async (parts: ServingParts, distributionId: string, request: ViewerRequest, marks: EdgeMarks, body: Readable): Promise<EdgeAnswer> => {
  const distribution = parts.configuration.distribution(distributionId);
  if (!distribution || distribution.config.Enabled !== true) return errorAnswer(403, 'Error');
  if (request.uri.length + request.query.length > maximumUrlBytes) return errorAnswer(414, 'Error');
  if (headerBytes(request) > maximumHeaderBytes) return errorAnswer(494, 'Error');
  const behaviour = behaviourFor(distribution.config, request.uri);
  const target = behaviour && targetOf(parts.configuration, distribution, behaviour);
  if (!target) return errorAnswer(502, 'Error');
  if (!allowsMethod(target.behaviour, request.method)) return errorAnswer(403, 'Error');
  const answer = await serveBehaviour(parts, target, request, marks, body);
  const policy = parts.configuration.responseHeadersPolicy(target.behaviour.ResponseHeadersPolicyId ?? '');
  return { ...answer, headers: applyResponseHeadersPolicy(policy, request, answer.headers) };
};

import type { Authorizer } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { Clock } from '../../../runtime/clock.ts';
import { functionArnOfUri } from '../function-uri.ts';
import type { Exchange, Route } from '../data-plane/exchange.ts';
import { servicePrincipal, type GatewayFunctions } from '../data-plane/function-port.ts';
import { GatewayFault } from '../data-plane/gateway-fault.ts';
import { requestEvent, type AuthorizerContext } from '../data-plane/proxy-event.ts';
import { identityOf } from './identity-source.ts';
import { decide, policySchema } from './policy-decision.ts';

const answerSchema = z.object({
  principalId: z.string(),
  policyDocument: policySchema,
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  usageIdentifierKey: z.string().nullish(),
});

type Answer = z.infer<typeof answerSchema>;

/** What authorisers need. */
export interface AuthorisationDependencies {
  readonly clock: Clock;
  readonly functions: GatewayFunctions;
  readonly region: string;
  readonly accountId: string;
}

/** Asks the authoriser of a method, or remembers what it said; gives what it passes on. */
export type Authorise = (authorizer: Authorizer, exchange: Exchange, route: Route) => Promise<AuthorizerContext>;

const parsed = (payload: string): Answer => {
  const answer = answerSchema.safeParse(JSON.parse(payload));
  if (!answer.success) throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
  return answer.data;
};

/** Lambda authorisers with their cache: by authoriser, stage and identity, so that one answer must speak of every method. */
export const createAuthorise = ({ clock, functions, region, accountId }: AuthorisationDependencies): Authorise => {
  const cache = new Map<string, { readonly answer: Answer; readonly until: number }>();

  const ask = async (authorizer: Authorizer, exchange: Exchange, route: Route, identity: readonly string[], methodArn: string): Promise<Answer> => {
    const event = authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn, authorizationToken: identity[0] }
      : { type: 'REQUEST', methodArn, ...requestEvent(exchange, route, accountId) };
    const sourceArn = `arn:aws:execute-api:${region}:${accountId}:${exchange.stage.apiId}/authorizers/${authorizer.id ?? ''}`;
    const result = await functions
      .invokeForService({ functionName: functionArnOfUri(authorizer.authorizerUri) ?? '', payload: JSON.stringify(event), servicePrincipal, sourceArn })
      .catch(() => { throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR'); });
    if (result.functionError === undefined) return parsed(result.payload);
    const thrown = z.object({ errorMessage: z.string() }).safeParse(JSON.parse(result.payload));
    // The one message that a function may refuse a caller with. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
    throw new GatewayFault(thrown.data?.errorMessage === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE');
  };

  const remember = (key: string, answer: Answer, ttlSeconds: number): void => {
    const now = clock.now();
    for (const [old, { until }] of cache) if (until <= now) cache.delete(old);
    if (ttlSeconds > 0) cache.set(key, { answer, until: now + ttlSeconds * 1000 });
  };

  return async (authorizer, exchange, route) => {
    const identity = identityOf(authorizer, exchange);
    const { stage, request, path } = exchange;
    const methodArn = `arn:aws:execute-api:${region}:${accountId}:${stage.apiId}/${stage.stageName}/${request.method}${path}`;
    const key = JSON.stringify([stage.apiId, stage.stageName, authorizer.id, identity]);
    const kept = cache.get(key);
    const begun = clock.now();
    const answer = kept && kept.until > begun ? kept.answer : await ask(authorizer, exchange, route, identity, methodArn);
    if (answer !== kept?.answer) remember(key, answer, authorizer.authorizerResultTtlInSeconds ?? 300);
    exchange.variables.set('authorizer.principalId', answer.principalId);
    for (const [name, value] of Object.entries(answer.context ?? {})) exchange.variables.set(`authorizer.${name}`, value);
    const decision = decide(answer.policyDocument, methodArn);
    if (decision === 'allowed') return { ...answer.context, principalId: answer.principalId, integrationLatency: clock.now() - begun };
    throw new GatewayFault('ACCESS_DENIED', decision === 'denied' ? 'User is not authorized to access this resource with an explicit deny' : undefined);
  };
};

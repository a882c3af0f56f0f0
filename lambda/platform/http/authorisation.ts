import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { type CallerContext, type Privilege, privileges } from '../../contract/routes.ts';

const known: readonly string[] = privileges;

/** What scopes leave of a set of privileges. Scopes `<resource server>/<privilege>` only narrow; without any, nothing is narrowed. */
export const narrowed = (granted: readonly Privilege[], scopes: readonly string[]): readonly Privilege[] => {
  const named = scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).filter((name) => known.includes(name));
  return named.length === 0 ? granted : granted.filter((privilege) => named.includes(privilege));
};

/** `arn:…:<api>/<stage>/GET/events` → `arn:…:<api>/<stage>/*`: the answer is cached by token, whatever route asked first. */
const wholeStage = (methodArn: string): string => `${methodArn.split('/').slice(0, 2).join('/')}/*`;

/** The authoriser's answer: with a context the whole stage is open and each route checks its privilege, without it none is. */
export const authorisation = (methodArn: string, principalId: string, context: CallerContext | undefined): APIGatewayAuthorizerResult => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: context === undefined ? 'Deny' : 'Allow', Resource: wholeStage(methodArn) }],
  },
  ...(context === undefined ? {} : { context: { ...context } }),
});

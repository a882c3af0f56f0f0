import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbMemberships } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { operatorRole, rolePrivileges } from '../../contract/roles.ts';
import type { CallerContext, Privilege } from '../../contract/routes.ts';
import { identifyCaller } from '../../domain/accounts/authorise.ts';
import type { Caller } from '../../domain/shared/caller.ts';
import { dynamoDbClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { publishedKeys, tokenVerifier } from '../../platform/http/access-token.ts';
import { authorisation, narrowed } from '../../platform/http/authorisation.ts';
import { createLogger } from '../../platform/logging.ts';

const eventSchema = z.object({ authorizationToken: z.string(), methodArn: z.string() });

const listOf = (commaSeparated: string): readonly string[] => commaSeparated.split(',').map((item) => item.trim());

const build = () => {
  const { TOKEN_ISSUER, TOKEN_CLIENT_IDS, OPERATOR_CLIENT_IDS } = readEnvironment('issuer');
  const memberships = dynamoDbMemberships(dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME));
  return {
    verify: tokenVerifier({ issuer: TOKEN_ISSUER, clientIds: listOf(TOKEN_CLIENT_IDS) }, publishedKeys(TOKEN_ISSUER)),
    identify: identifyCaller({ memberships, operatorClientIds: listOf(OPERATOR_CLIENT_IDS), operatorRole }),
  };
};

let built: ReturnType<typeof build> | undefined;

const privilegesByRole: Readonly<Record<string, readonly Privilege[]>> = rolePrivileges;

const contextOf = ({ subject, accountId, role }: Caller, scopes: readonly string[]): CallerContext => ({
  subject,
  accountId,
  role,
  privileges: narrowed(privilegesByRole[role] ?? [], scopes).join(' '),
});

/**
 * API Gateway's TOKEN authoriser: who (the verified token), for whom (the membership) and with which privileges. No
 * acceptable token is 401, a subject without an account 403. IAM: dynamodb:GetItem on the table.
 */
export const handler = async (payload: unknown): Promise<APIGatewayAuthorizerResult> => {
  const { authorizationToken, methodArn } = eventSchema.parse(payload);
  const { verify, identify } = (built ??= build());
  const claims = await verify(/^Bearer\s+(\S+)$/i.exec(authorizationToken)?.[1] ?? '');
  // API Gateway answers 401 to this very message, and 500 to any other error.
  if (claims === undefined) throw new Error('Unauthorized');
  const caller = await identify(claims);
  if (caller !== undefined) return authorisation(methodArn, claims.subject, contextOf(caller, claims.scopes));
  createLogger().warn('a subject without an account was refused', { subject: claims.subject, clientId: claims.clientId });
  return authorisation(methodArn, claims.subject, undefined);
};

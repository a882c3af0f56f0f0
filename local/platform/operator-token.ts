import { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import type { ClientSettings } from '../runtime/ports.ts';

/** Asks the token endpoint for the operator's access token, with the client's secret (client_credentials). */
export const fetchOperatorToken = async (settings: ClientSettings, issuerUrl: string, userPoolId: string, clientId: string): Promise<string> => {
  const client = new CognitoIdentityProviderClient({ ...settings });
  const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId }));
  client.destroy();
  const credentials = Buffer.from(`${clientId}:${UserPoolClient?.ClientSecret ?? ''}`).toString('base64');
  const response = await fetch(`${issuerUrl}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${JSON.stringify(body)}`);
  return z.object({ access_token: z.string() }).parse(body).access_token;
};

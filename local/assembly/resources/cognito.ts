import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, kept, required, type ResourceProvider } from '../resource-provider.ts';

const noSignIn = 'people do not sign in with passwords here: the issuer hands out their tokens';

/** AWS::Cognito::UserPool and what belongs to it. `issuerUrl` tells the ProviderURL of a pool. */
export const cognitoProviders = (settings: ClientSettings, issuerUrl: (userPoolId: string) => string): ResourceProvider[] => {
  const client = new CognitoIdentityProviderClient({ ...settings });
  return [
    {
      type: 'AWS::Cognito::UserPool',
      properties: {
        ...enforced('UserPoolName'),
        ...inert(noSignIn, 'AccountRecoverySetting', 'AdminCreateUserConfig', 'AutoVerifiedAttributes', 'EmailVerificationMessage', 'EmailVerificationSubject'),
        ...inert(noSignIn, 'EnabledMfas', 'MfaConfiguration', 'Policies', 'SmsVerificationMessage', 'UsernameAttributes', 'UsernameConfiguration'),
        ...inert(noSignIn, 'VerificationMessageTemplate', 'UserPoolAddOns', 'AliasAttributes', 'Schema', 'UserPoolTier'),
        ...inert('nothing deletes pools here', 'DeletionProtection'),
        ...inert('pools carry no tags here', 'UserPoolTags'),
      },
      create: async (properties, context) => {
        const PoolName = z.string().parse(properties['UserPoolName'] ?? generatedName(context, 128));
        const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName }));
        const physicalId = required(UserPool?.Id, 'the id');
        const ProviderName = `cognito-idp.${context.region}.amazonaws.com/${physicalId}`;
        return { physicalId, attributes: { Arn: required(UserPool?.Arn, 'the ARN'), ProviderName, ProviderURL: issuerUrl(physicalId) } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolClient',
      properties: {
        ...enforced('UserPoolId', 'ClientName', 'GenerateSecret', 'AllowedOAuthFlows', 'AllowedOAuthFlowsUserPoolClient', 'AllowedOAuthScopes'),
        ...enforced('AccessTokenValidity', 'TokenValidityUnits'),
        ...kept('the issuer hands out access tokens only', 'IdTokenValidity', 'RefreshTokenValidity'),
        ...inert(noSignIn, 'ExplicitAuthFlows', 'PreventUserExistenceErrors', 'SupportedIdentityProviders', 'CallbackURLs', 'LogoutURLs', 'EnableTokenRevocation'),
      },
      create: async (properties, context) => {
        const ClientName = properties['ClientName'] ?? generatedName(context, 128);
        const { UserPoolClient } = await client.send(commandOf(CreateUserPoolClientCommand, { ...properties, ClientName }));
        const physicalId = required(UserPoolClient?.ClientId, 'the id');
        return { physicalId, attributes: { ClientId: physicalId, Name: required(UserPoolClient?.ClientName, 'the name') } };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolResourceServer',
      properties: enforced('UserPoolId', 'Identifier', 'Name', 'Scopes'),
      create: async (properties) => {
        await client.send(commandOf(CreateResourceServerCommand, properties));
        return { physicalId: z.string().parse(properties['Identifier']), attributes: {} };
      },
    },
    {
      type: 'AWS::Cognito::UserPoolDomain',
      properties: { ...enforced('UserPoolId', 'Domain'), ...inert('there is one kind of token endpoint', 'ManagedLoginVersion') },
      create: async (properties) => {
        const { UserPoolId, Domain } = z.object({ UserPoolId: z.string(), Domain: z.string() }).parse(properties);
        await client.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain }));
        return { physicalId: Domain, attributes: { CloudFrontDistribution: '' } };
      },
    },
  ];
};

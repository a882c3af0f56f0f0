import type { ClientSettings } from '../../runtime/ports.ts';
import { inert, type ResourceProvider } from '../resource-provider.ts';
import { apiGatewayProviders } from './apigateway.ts';
import { cloudFrontProviders } from './cloudfront.ts';
import { cloudWatchProviders } from './cloudwatch.ts';
import { cognitoProviders } from './cognito.ts';
import { configurationProviders } from './configuration.ts';
import { dynamodbProviders } from './dynamodb.ts';
import { iamProviders } from './iam.ts';
import { ivsProviders } from './ivs.ts';
import { lambdaProviders } from './lambda.ts';
import { mediaConvertProviders } from './mediaconvert.ts';
import { mediaLiveProviders } from './medialive.ts';
import { mediaPackageProviders } from './mediapackage.ts';
import { messagingProviders } from './messaging.ts';
import { s3Providers } from './s3.ts';
import { snsProviders } from './sns.ts';
import { statesProviders } from './states.ts';

/** What the CDK adds to every template for itself. */
const cdkMetadata: ResourceProvider = {
  type: 'AWS::CDK::Metadata',
  properties: inert('tells AWS which constructs are used', 'Analytics'),
  create: async (_properties, { logicalId }) => ({ physicalId: logicalId, attributes: {} }),
};

/** Every resource type that local mode can create. `issuerUrl` tells the URL of a user pool's issuer. */
export const resourceProviders = (settings: ClientSettings, issuerUrl: (userPoolId: string) => string): readonly ResourceProvider[] => [
  ...apiGatewayProviders(settings),
  ...cloudFrontProviders(settings),
  ...cloudWatchProviders(settings),
  ...cognitoProviders(settings, issuerUrl),
  ...configurationProviders(settings),
  ...dynamodbProviders(settings),
  ...iamProviders(settings),
  ...ivsProviders(settings),
  ...lambdaProviders(settings),
  ...mediaConvertProviders(settings),
  ...mediaLiveProviders(settings),
  ...mediaPackageProviders(settings),
  ...messagingProviders(settings),
  ...s3Providers(settings),
  ...snsProviders(settings),
  ...statesProviders(settings),
  cdkMetadata,
];

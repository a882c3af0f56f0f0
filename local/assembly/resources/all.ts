import type { ClientSettings, SystemTagging } from '../../runtime/ports.ts';
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

/** What providers need beside the services' own APIs. */
export interface ProviderPorts {
  /** Tells the URL of a user pool's issuer. */
  readonly issuerUrl: (userPoolId: string) => string;
  /** Puts CloudFormation's tags on what IVS has. */
  readonly tagInIvs: SystemTagging;
}

/** Every resource type that local mode can create. */
export const resourceProviders = (settings: ClientSettings, { issuerUrl, tagInIvs }: ProviderPorts): readonly ResourceProvider[] => [
  ...apiGatewayProviders(settings),
  ...cloudFrontProviders(settings),
  ...cloudWatchProviders(settings),
  ...cognitoProviders(settings, issuerUrl),
  ...configurationProviders(settings),
  ...dynamodbProviders(settings),
  ...iamProviders(settings),
  ...ivsProviders(settings, tagInIvs),
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

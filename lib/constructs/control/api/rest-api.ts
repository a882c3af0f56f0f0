import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routes, sharedRoute, type ApiFunction } from '../../../../lambda/contract/routes.ts';
import { acknowledge } from '../../acknowledge.ts';
import { answerWithProblems } from './problem-responses.ts';

export interface PlatformApiProps {
  readonly stage: string;
  readonly authoriser: IFunction;
  /** Serves the one route that needs no token. */
  readonly shared: IFunction;
  readonly functions: Readonly<Record<ApiFunction, IFunction>>;
}

/** An account's whole allowance is 10,000 requests a second; the control plane of a few shows needs a hundredth. */
const throttling = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };

/** A membership that is taken away is believed for so long. */
const authorisationCacheTtl = Duration.minutes(5);

/** The REST API: the routes of lambda/contract/routes.ts, each to the function that serves it, behind one authoriser. */
export class PlatformApi extends Construct {
  /** Ends in `/v1/`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: PlatformApiProps) {
    super(scope, id);
    const api = this.defineApi(props.stage);
    this.url = api.url;
    this.defineRoutes(api, props);
    answerWithProblems(api);
  }

  private defineApi(stage: string): RestApi {
    const accessLog = new LogGroup(this, 'AccessLog', { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    const api = new RestApi(this, 'Api', {
      restApiName: `${stage}-visionstream`,
      description: 'Accounts, events, breakouts, shows and their usage',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'v1',
        ...throttling,
        // The access log says who asked what; bodies and headers are never logged: they carry tokens and stream names.
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
    });
    acknowledge(api, {
      'AwsSolutions-APIG2': 'The functions validate with the schemas that the API is documented from, and answer with the fields at fault; the gateway knows JSON schema draft 4 only.',
      'AwsSolutions-APIG3': 'Every call needs a token, the stage is throttled, and the CLOUDFRONT web ACL of a stage protects what strangers reach.',
      'AwsSolutions-COG4': 'The authoriser verifies the pool\'s tokens and reads the membership, which a Cognito authoriser cannot.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'API Gateway writes its logs with the managed policy that AWS keeps for it.',
    });
    return api;
  }

  private defineRoutes(api: RestApi, { authoriser, shared, functions }: PlatformApiProps): void {
    const authorizer = new TokenAuthorizer(this, 'Authoriser', { handler: authoriser, resultsCacheTtl: authorisationCacheTtl, validationRegex: '^[Bb]earer [^ ]+$' });
    // One permission a function, for the whole API: one a method would fill the template.
    const integrate = (handler: IFunction): LambdaIntegration => new LambdaIntegration(handler, { scopePermissionToMethod: false });
    const integrations: Readonly<Record<ApiFunction, LambdaIntegration>> = {
      api: integrate(functions.api),
      showControl: integrate(functions.showControl),
      ingest: integrate(functions.ingest),
      playback: integrate(functions.playback),
      monitoring: integrate(functions.monitoring),
      recordings: integrate(functions.recordings),
      usage: integrate(functions.usage),
    };
    const open = api.root.resourceForPath(sharedRoute.path).addMethod(sharedRoute.method, integrate(shared), { operationName: 'openShare', authorizationType: AuthorizationType.NONE });
    acknowledge(open, { 'AwsSolutions-APIG4': 'A share link is for whoever has it: 192 random bits in its path, of which only a hash is kept, are the authorisation.' });
    for (const { operation, method, path, servedBy } of routes) {
      api.root.resourceForPath(path).addMethod(method, integrations[servedBy], { operationName: operation, authorizer, authorizationType: AuthorizationType.CUSTOM });
    }
  }
}

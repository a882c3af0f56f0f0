import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IvsClient } from '@aws-sdk/client-ivs';
import { MediaConvertClient } from '@aws-sdk/client-mediaconvert';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { PricingClient } from '@aws-sdk/client-pricing';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// Every client is made on first use and kept, with its connections, for the life of the function's environment.
// Region, credentials and endpoint come from the environment, which the SDK reads itself. The annotations let a
// bundle drop the clients that its handler does not name.
const lazily = <Client>(make: () => Client): (() => Client) => {
  let client: Client | undefined;
  return () => (client ??= make());
};

const lazilyByRegion = <Client>(make: (region: string) => Client): ((region: string) => Client) => {
  const clients = new Map<string, Client>();
  return (region) => {
    const client = clients.get(region) ?? make(region);
    clients.set(region, client);
    return client;
  };
};

/** DynamoDB with plain JavaScript values: absent members are left out, integers past 2^53 come back as bigint. */
export const dynamoDbClient = /* @__PURE__ */ lazily(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
);

/** MediaLive: the channels of shows. */
export const mediaLiveClient = /* @__PURE__ */ lazily(() => new MediaLiveClient({}));

/**
 * IVS: the channels of Cam pipelines. It takes five calls a second of an operation, of all in an AWS account and Region
 * (https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html), where the reconciler alone looks at each pipeline every minute: who is throttled
 * tries six times in up to 15 s, the SDK's half a second doubled each time, in the place of three times in two.
 */
export const ivsClient = /* @__PURE__ */ lazily(() => new IvsClient({ maxAttempts: 6 }));

/** MediaPackage: where the manifests of shows are. */
export const mediaPackageClient = /* @__PURE__ */ lazily(() => new MediaPackageClient({}));

/** MediaConvert: the conversion of archives. */
export const mediaConvertClient = /* @__PURE__ */ lazily(() => new MediaConvertClient({}));

/** S3: archives, recordings and access logs. */
export const s3Client = /* @__PURE__ */ lazily(() => new S3Client({}));

/** CloudWatch of a Region: CloudFront's metrics live in us-east-1 only, all others where the service runs. */
export const cloudWatchClient = /* @__PURE__ */ lazilyByRegion((region) => new CloudWatchClient({ region }));

/** CloudFront's control plane, which answers in us-east-1 alone. */
export const cloudFrontClient = /* @__PURE__ */ lazily(() => new CloudFrontClient({ region: 'us-east-1' }));

/** SNS: announcements. */
export const snsClient = /* @__PURE__ */ lazily(() => new SNSClient({}));

/** The Price List, which answers in few Regions only. */
export const pricingClient = /* @__PURE__ */ lazilyByRegion((region) => new PricingClient({ region }));

/** Step Functions: the execution of a show. */
export const statesClient = /* @__PURE__ */ lazily(() => new SFNClient({}));

/** EventBridge Scheduler: hard stops. */
export const schedulerClient = /* @__PURE__ */ lazily(() => new SchedulerClient({}));

/** Systems Manager: the registrations of pipelines. */
export const ssmClient = /* @__PURE__ */ lazily(() => new SSMClient({}));

/** Secrets Manager: stream names and signing keys. */
export const secretsManagerClient = /* @__PURE__ */ lazily(() => new SecretsManagerClient({}));

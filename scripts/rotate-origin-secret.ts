import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cloudFrontHeader } from './origin-secret/cloudfront-header.ts';
import { findPipelineOrigin } from './origin-secret/pipeline-origin.ts';
import { rotateOriginSecret } from './origin-secret/rotate-origin-secret.ts';
import { secretsManagerSecret } from './origin-secret/secrets-manager-secret.ts';

const usage = 'node scripts/rotate-origin-secret.ts --stage <stage> --pipeline <pl_…> [--recognition-seconds 600]';

// Rotates the identifier between a pipeline's distribution and its packager (docs/protection.md). Credentials, Region and
// endpoints are those of the AWS SDK's environment.
const { values } = parseArgs({ options: { stage: { type: 'string' }, pipeline: { type: 'string' }, 'recognition-seconds': { type: 'string', default: '600' } } });
const recognitionSeconds = Number(values['recognition-seconds']);
if (values.stage === undefined || values.pipeline === undefined || !(recognitionSeconds >= 0)) {
  console.error(`usage: ${usage}`);
  process.exitCode = 2;
} else {
  const { distributionId, secretId } = await findPipelineOrigin(new SSMClient({}), new MediaPackageClient({}), values.stage, values.pipeline);
  await rotateOriginSecret({
    secret: secretsManagerSecret(new SecretsManagerClient({}), secretId),
    header: cloudFrontHeader(new CloudFrontClient({}), distributionId),
    newIdentifier: randomUUID,
    now: () => Date.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    recognitionMilliseconds: recognitionSeconds * 1000,
    onProgress: (message) => console.log(`${new Date().toISOString()} ${message}`),
  });
}

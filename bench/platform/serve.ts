import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { pipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';
import type { Platform } from '../../local/platform/platform.ts';
import { startPlatform } from '../../local/platform/start-platform.ts';
import type { PlatformReady } from './platform-process.ts';

const [projectFolder = '', producerSubject = '', templateCacheFolder] = process.argv.slice(2);
// Delays of AWS as the demo scales them: an hour is a second.
const timeScale = 3600;

/** Where each pipeline's packager answers, by the pipeline's id: what the edge asks. */
const packagerUrls = async ({ operator }: Platform): Promise<Record<string, string>> => {
  const { Parameters = [] } = await new SSMClient(operator).send(new GetParametersByPathCommand({ Path: '/local/pipelines/' }));
  const pipelines = Parameters.map(({ Value = '' }) => pipelineRegistrationSchema.parse(JSON.parse(Value)));
  return Object.fromEntries(pipelines.map(({ pipelineId, packaging }) => [pipelineId, packaging.endpoints[0]?.originUrl ?? '']));
};

const platform = await startPlatform({ projectFolder, timeScale, ...(templateCacheFolder !== undefined && { templateCacheFolder }) });
const ready: PlatformReady = {
  apiUrl: platform.apiUrl,
  operatorToken: await platform.operatorToken(),
  producerToken: await platform.signIn(producerSubject),
  packagerUrls: await packagerUrls(platform),
};
process.send?.(ready);
// The parent's end, orderly or not, is this process's end: nothing is left running.
process.once('disconnect', () => void platform.close().then(() => process.exit(0)));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.connected && process.disconnect());

import { join } from 'node:path';
import { z } from 'zod';
import { assemble } from '../assembly/assemble.ts';
import { type ProviderPorts, resourceProviders } from '../assembly/resources/all.ts';
import { secretReader } from '../assembly/secret-reader.ts';
import { readCloudAssembly, type CloudAssembly } from '../assembly/template/cloud-assembly.ts';
import type { ClientSettings, EventSink } from '../runtime/ports.ts';
import type { StateStore } from '../runtime/state/collection.ts';
import { localOwner } from './identity.ts';
import { defaultLocalPipelines } from './local-pipelines.ts';
import type { PlatformOptions, StageOutputs } from './platform.ts';
import { localStageConfiguration } from './stage-configuration.ts';
import { synthesise } from './synthesise.ts';

/** What a stage is deployed with. */
export interface DeployOptions extends ProviderPorts {
  readonly assembly: CloudAssembly;
  readonly operator: ClientSettings;
  readonly state: StateStore;
  readonly events: EventSink;
  readonly onProgress: (message: string) => void;
}

const foundationOutputs = z.object({
  UserPoolId: z.string(),
  WebClientId: z.string(),
  OperatorClientId: z.string(),
  ArchiveBucketName: z.string(),
  RecordingsBucketName: z.string(),
});

/** How a stage is synthesised. */
export interface SynthesiseStageOptions extends Pick<PlatformOptions, 'projectFolder' | 'timeScale' | 'pipelines' | 'noInputStopSeconds' | 'delivery' | 'recordings' | 'cam' | 'templateCacheFolder' | 'signal'> {
  readonly onProgress: (message: string) => void;
}

/** Synthesises the local stage, or finds it in the cache. */
export const synthesiseStage = async ({ projectFolder, timeScale, pipelines = defaultLocalPipelines, noInputStopSeconds, delivery, recordings, cam, templateCacheFolder, signal, onProgress }: SynthesiseStageOptions): Promise<CloudAssembly> => {
  const configuration = localStageConfiguration({ region: localOwner.region, timeScale, pipelines, ...(noInputStopSeconds !== undefined && { noInputStopSeconds }), ...(delivery && { delivery }), ...(recordings && { recordings }), ...(cam && { cam }) });
  onProgress('synthesising the templates');
  const { assemblyFolder, cached } = await synthesise({
    ...{ projectFolder, configuration, cacheFolder: templateCacheFolder ?? join(projectFolder, '.cache', 'templates') },
    ...(signal && { signal }),
  });
  onProgress(cached ? 'templates are as cached' : 'templates are synthesised');
  return readCloudAssembly(assemblyFolder);
};

/** Creates what the templates declare. */
export const deployStage = async ({ assembly, operator, state, events, onProgress, ...ports }: DeployOptions): Promise<StageOutputs> => {
  const outputs = await assemble({
    ...{ assembly, state, events, ...localOwner },
    providers: resourceProviders(operator, ports),
    readSecret: secretReader(operator),
    onProgress: ({ stackName, done, total }) => {
      if (done === total) onProgress(`deployed ${stackName} (${total} resources)`);
    },
  });
  const foundation = foundationOutputs.parse(Object.entries(outputs).find(([name]) => name.endsWith('-foundation'))?.[1]);
  return {
    userPoolId: foundation.UserPoolId,
    webClientId: foundation.WebClientId,
    operatorClientId: foundation.OperatorClientId,
    archiveBucket: foundation.ArchiveBucketName,
    recordingsBucket: foundation.RecordingsBucketName,
  };
};

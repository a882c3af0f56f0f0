import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { environmentGroups } from '../../lambda/contract/environment.ts';

const { viewerSigning, viewerAccess, camPlayback, recordingAccess, edgeStore } = environmentGroups;

const environmentSchema = z.object({ ...viewerSigning.shape, ...viewerAccess.shape, ...camPlayback.shape, ...recordingAccess.pick({ RECORDING_TOKEN_SECONDS: true }).shape, ...edgeStore.shape });

/** What the deployed stage gives viewers access with. */
export type DeployedPlayback = z.output<typeof environmentSchema>;

/** How long a token of any kind, signed by the deployed stage, is good. */
export const longestTokenMilliseconds = ({ VIEWER_TOKEN_SECONDS, PREVIEW_TOKEN_SECONDS, RECORDING_TOKEN_SECONDS }: DeployedPlayback): number =>
  Math.max(VIEWER_TOKEN_SECONDS, PREVIEW_TOKEN_SECONDS, RECORDING_TOKEN_SECONDS) * 1000;

/** Finds what is to be rotated, by what is deployed. @throws Error that says what is missing */
export const findDeployedPlayback = async (lambda: LambdaClient, stage: string): Promise<DeployedPlayback> => {
  const FunctionName = `${stage}-playback`;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch((cause: unknown) => {
    throw new Error(`cannot read the function ${FunctionName}: is the stage deployed in this account and Region?`, { cause });
  });
  return environmentSchema.parse(Environment?.Variables ?? {});
};

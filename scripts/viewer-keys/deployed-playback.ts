import { GetFunctionConfigurationCommand, ResourceNotFoundException, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { environmentGroups } from '../../lambda/contract/environment.ts';

const { viewerSigning, viewerAccess, camPlayback, recordingAccess, edgeStore } = environmentGroups;

const environmentSchema = z.object({ ...viewerSigning.shape, ...viewerAccess.shape, ...camPlayback.shape, ...recordingAccess.pick({ RECORDING_TOKEN_SECONDS: true }).shape, ...edgeStore.shape });

/** What the deployed stage gives viewers access with. */
export type DeployedPlayback = z.output<typeof environmentSchema>;

/** How long a token of any kind, signed by the deployed stage, is good. */
export const longestTokenMilliseconds = ({ VIEWER_TOKEN_SECONDS, PREVIEW_TOKEN_SECONDS, RECORDING_TOKEN_SECONDS }: DeployedPlayback): number =>
  Math.max(VIEWER_TOKEN_SECONDS, PREVIEW_TOKEN_SECONDS, RECORDING_TOKEN_SECONDS) * 1000;

const functionOf = (stage: string): string => `${stage}-playback`;

/** Finds what is to be rotated, by what is deployed; `undefined` for a stage that is not. @throws Error that says what cannot be read */
export const findDeployedPlayback = async (lambda: LambdaClient, stage: string): Promise<DeployedPlayback | undefined> => {
  const FunctionName = functionOf(stage);
  const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch((cause: unknown) => {
    if (cause instanceof ResourceNotFoundException) return undefined;
    throw new Error(`cannot read the function ${FunctionName}: ${cause instanceof Error ? cause.message : String(cause)}. Expected credentials and a Region in the environment`, { cause });
  });
  return found && environmentSchema.parse(found.Environment?.Variables ?? {});
};

/** What is deployed, of a stage that must be. @throws Error that says what is missing */
export const requireDeployedPlayback = async (lambda: LambdaClient, stage: string): Promise<DeployedPlayback> => {
  const found = await findDeployedPlayback(lambda, stage);
  if (found === undefined) throw new Error(`there is no function ${functionOf(stage)}: is the stage deployed in this account and Region?`);
  return found;
};

import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { environmentGroups } from '../../lambda/contract/environment.ts';

const environmentSchema = z.object({ ...environmentGroups.viewerSigning.shape, ...environmentGroups.viewerAccess.shape, ...environmentGroups.edgeStore.shape });

/** What the deployed stage gives viewers access with. */
export type DeployedPlayback = z.output<typeof environmentSchema>;

/** Finds what is to be rotated, by what is deployed. @throws Error that says what is missing */
export const findDeployedPlayback = async (lambda: LambdaClient, stage: string): Promise<DeployedPlayback> => {
  const FunctionName = `${stage}-playback`;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch((cause: unknown) => {
    throw new Error(`cannot read the function ${FunctionName}: is the stage deployed in this account and Region?`, { cause });
  });
  return environmentSchema.parse(Environment?.Variables ?? {});
};

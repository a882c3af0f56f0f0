import { type FunctionStage, type FunctionSummary, NoSuchFunctionExists } from '@aws-sdk/client-cloudfront';
import type { FunctionRecord, FunctionStageRecord } from '../cloudfront-state.ts';
import { type CloudFrontWorld, cloudFrontArn } from '../cloudfront-world.ts';

/** The ARN of a function of the edge. */
export const functionArn = (world: CloudFrontWorld, name: string): string => cloudFrontArn(world.accountId, `function/${name}`);

/** The function with the ARN, or undefined. */
export const findFunctionByArn = (world: CloudFrontWorld, arn: string): FunctionRecord | undefined =>
  world.state.functions.get(arn.slice(arn.indexOf('/') + 1));

/** The function, or NoSuchFunctionExists. */
export const requireFunction = (world: CloudFrontWorld, name: string | undefined): FunctionRecord => {
  const record = world.state.functions.get(name ?? '');
  if (!record) throw new NoSuchFunctionExists({ message: `The specified function does not exist: ${name ?? ''}.`, $metadata: {} });
  return record;
};

/** One stage of the function, or NoSuchFunctionExists when it was never published. */
export const requireStage = (record: FunctionRecord, stage: FunctionStage): FunctionStageRecord => {
  const found = stage === 'LIVE' ? record.live : record.development;
  if (!found) throw new NoSuchFunctionExists({ message: `The function ${record.name} has no ${stage} stage: publish it first.`, $metadata: {} });
  return found;
};

/** A stage of the function as the API shows it. */
export const functionSummary = (world: CloudFrontWorld, record: FunctionRecord, stage: FunctionStage): FunctionSummary => {
  const { config, modifiedAt } = requireStage(record, stage);
  const isPublished = record.live?.code === record.development.code;
  return {
    Name: record.name,
    Status: stage === 'LIVE' ? 'DEPLOYED' : isPublished ? 'UNASSOCIATED' : 'UNPUBLISHED',
    FunctionConfig: config,
    FunctionMetadata: { FunctionARN: functionArn(world, record.name), Stage: stage, CreatedTime: new Date(record.createdAt), LastModifiedTime: new Date(modifiedAt) },
  };
};

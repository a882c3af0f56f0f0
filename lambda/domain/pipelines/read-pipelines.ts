import { type Caller, notFound, platformAccountId } from '../shared/caller.ts';
import { isOpenTo, type ProPipeline } from './pipeline.ts';
import type { ProPipelineRegistry } from './pro-pipelines.ts';

const isOpenToCaller = (caller: Caller, pipeline: ProPipeline): boolean =>
  caller.accountId === platformAccountId || isOpenTo(pipeline, caller.accountId);

/** The pipelines that the caller may book. */
export const listPipelines =
  ({ pipelines }: { readonly pipelines: Pick<ProPipelineRegistry, 'list'> }) =>
  async (caller: Caller): Promise<readonly ProPipeline[]> =>
    (await pipelines.list()).filter((pipeline) => isOpenToCaller(caller, pipeline));

/** One pipeline, if the caller may book it. @throws NotFoundError */
export const getPipeline =
  ({ pipelines }: { readonly pipelines: Pick<ProPipelineRegistry, 'get'> }) =>
  async (caller: Caller, pipelineId: string): Promise<ProPipeline> => {
    const pipeline = await pipelines.get(pipelineId);
    if (!isOpenToCaller(caller, pipeline)) throw notFound('pipeline', pipelineId);
    return pipeline;
  };

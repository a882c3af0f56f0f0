import { type Caller, notFound, platformAccountId } from '../shared/caller.ts';
import { isOpenTo, type Pipeline, type PipelineRegistry } from './pipeline.ts';

const isOpenToCaller = (caller: Caller, pipeline: Pipeline): boolean =>
  caller.accountId === platformAccountId || isOpenTo(pipeline, caller.accountId);

/** The pipelines that the caller may book. */
export const listPipelines =
  ({ pipelines }: { readonly pipelines: Pick<PipelineRegistry, 'list'> }) =>
  async (caller: Caller): Promise<readonly Pipeline[]> =>
    (await pipelines.list()).filter((pipeline) => isOpenToCaller(caller, pipeline));

/** One pipeline, if the caller may book it. @throws NotFoundError */
export const getPipeline =
  ({ pipelines }: { readonly pipelines: Pick<PipelineRegistry, 'get'> }) =>
  async (caller: Caller, pipelineId: string): Promise<Pipeline> => {
    const pipeline = await pipelines.get(pipelineId);
    if (!isOpenToCaller(caller, pipeline)) throw notFound('pipeline', pipelineId);
    return pipeline;
  };

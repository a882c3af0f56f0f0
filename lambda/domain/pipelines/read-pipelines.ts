import { type Caller, notFound, platformAccountId } from '../shared/caller.ts';
import { isOpenTo, type Pipeline } from './pipeline.ts';

const isOpenToCaller = (caller: Caller, pipeline: Pick<Pipeline, 'accountId'>): boolean =>
  caller.accountId === platformAccountId || isOpenTo(pipeline, caller.accountId);

/** The pipelines that the caller may book, of the kinds that the registry has. */
export const listPipelines =
  <Listed extends Pipeline>({ pipelines }: { readonly pipelines: { list(): Promise<readonly Listed[]> } }) =>
  async (caller: Caller): Promise<readonly Listed[]> =>
    (await pipelines.list()).filter((pipeline) => isOpenToCaller(caller, pipeline));

/** One pipeline, if the caller may book it, of a kind that the registry has. @throws NotFoundError */
export const getPipeline =
  <Asked extends Pipeline>({ pipelines }: { readonly pipelines: { get(pipelineId: string): Promise<Asked> } }) =>
  async (caller: Caller, pipelineId: string): Promise<Asked> => {
    const pipeline = await pipelines.get(pipelineId);
    if (!isOpenToCaller(caller, pipeline)) throw notFound('pipeline', pipelineId);
    return pipeline;
  };

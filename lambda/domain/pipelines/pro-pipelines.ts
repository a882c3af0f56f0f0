import { notFound } from '../shared/caller.ts';
import { ConflictError, type DomainError } from '../shared/errors.ts';
import type { Pipeline, PipelineRegistry, ProPipeline } from './pipeline.ts';

/** Reads the Pro pipelines that are deployed. */
export interface ProPipelineRegistry {
  list(): Promise<readonly ProPipeline[]>;
  /** @throws NotFoundError, ConflictError `pipeline-kind-not-supported` */
  get(pipelineId: string): Promise<ProPipeline>;
}

const isPro = (pipeline: Pipeline): pipeline is ProPipeline => pipeline.kind === 'PRO';

/** Whether a pipeline is reserved is nobody's business but its account's, and who asks is not known here. */
const unsupported = ({ pipelineId, kind, accountId }: Pipeline): DomainError =>
  accountId !== undefined
    ? notFound('pipeline', pipelineId)
    : new ConflictError({
        code: 'pipeline-kind-not-supported',
        message: `pipeline ${pipelineId} is of the kind ${kind}, expected PRO: what was asked for is a Pro pipeline's alone`,
        details: { pipelineId, kind },
      });

/** The Pro pipelines of a registry, for what others have nothing of: asking for another one is a ConflictError. */
export const proPipelines = (pipelines: PipelineRegistry): ProPipelineRegistry => ({
  list: async () => (await pipelines.list()).filter(isPro),
  async get(pipelineId) {
    const pipeline = await pipelines.get(pipelineId);
    if (!isPro(pipeline)) throw unsupported(pipeline);
    return pipeline;
  },
});

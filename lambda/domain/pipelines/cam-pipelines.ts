import type { CamPipeline } from './cam-pipeline.ts';
import type { Pipeline, PipelineRegistry } from './pipeline.ts';

const isCam = (pipeline: Pipeline): pipeline is CamPipeline => pipeline.kind === 'CAM';

/** The Cam pipelines of a registry. */
export const camPipelines = (pipelines: Pick<PipelineRegistry, 'list'>): { list(): Promise<readonly CamPipeline[]> } => ({
  list: async () => (await pipelines.list()).filter(isCam),
});

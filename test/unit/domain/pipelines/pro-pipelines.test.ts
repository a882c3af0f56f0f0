import type { Pipeline } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { proPipelines } from '../../../../lambda/domain/pipelines/pro-pipelines.ts';
import { notFound } from '../../../../lambda/domain/shared/caller.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aPipeline } from '../../../support/shows/a-plan.ts';

const registered: readonly Pipeline[] = [aPipeline(), aCamPipeline(), aCamPipeline({ pipelineId: 'pl_reserved', accountId: 'acc_1' })];

const registry = proPipelines({
  list: async () => registered,
  async get(pipelineId) {
    const found = registered.find((one) => one.pipelineId === pipelineId);
    if (found === undefined) throw notFound('pipeline', pipelineId);
    return found;
  },
});

describe('the Pro pipelines of a registry', () => {
  it('lists and answers Pro pipelines alone', async () => {
    expect(await registry.list()).toEqual([aPipeline()]);
    expect(await registry.get('pl_main')).toEqual(aPipeline());
  });

  it('rejects a Cam pipeline by its kind', async () => {
    await expect(registry.get('pl_cam')).rejects.toMatchObject({ name: 'Conflict', code: 'pipeline-kind-not-supported', details: { kind: 'CAM' } });
  });

  it('rejects a reserved one as if it were not there', async () => {
    await expect(registry.get('pl_reserved')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(registry.get('pl_none')).rejects.toMatchObject({ name: 'NotFound' });
  });
});

import { pipelineBodySchema } from '../../../lambda/contract/api/pipelines.ts';
import { pipelineBody } from '../../../lambda/handlers/http/views.ts';
import { aCamPipeline } from '../../support/shows/a-cam-plan.ts';
import { aPriceBook } from '../../support/usage/a-price-book.ts';

describe('pipelineBody', () => {
  it('answers what a Cam pipeline is and costs, and not where it is built', () => {
    const body = pipelineBody(aCamPipeline(), aPriceBook());

    expect(pipelineBodySchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ kind: 'CAM', channelType: 'BASIC', hourlyRates: { running: { usdPerHour: '0.2' }, idle: { usdPerHour: '0' } } });
    expect(JSON.stringify(body)).not.toContain('arn:');
  });
});

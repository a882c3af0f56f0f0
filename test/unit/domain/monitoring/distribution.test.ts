import { type Distribution, distributionReadings, readDistribution } from '../../../../lambda/domain/monitoring/distribution.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';

const setUp = (accountId?: string) => {
  const asked: string[] = [];
  const clock = { at: Date.parse('2026-11-23T10:00:00.000Z') };
  const describe = async (distributionId: string): Promise<Distribution> => {
    asked.push(distributionId);
    return {
      distributionId, status: 'Deployed', isEnabled: true, domainName: 'd111.cloudfront.net', aliases: [], priceClass: 'PriceClass_100', httpVersion: 'http2', comment: '',
      lastModifiedAt: '2026-11-20T00:00:00.000Z', origins: [], behaviours: [],
    };
  };
  const pipelines = { get: async () => aPipeline(accountId === undefined ? {} : { accountId }) };
  const deps = { pipelines, readings: distributionReadings({ describe }, () => clock.at) };
  return { asked, clock, read: (refresh = false) => readDistribution(deps)(aCaller(), 'pl_main', refresh) };
};

describe('readDistribution', () => {
  it('tells the distribution and when it was read', async () => {
    expect(await setUp().read()).toMatchObject({ pipelineId: 'pl_main', readAt: '2026-11-23T10:00:00.000Z', distribution: { status: 'Deployed' } });
  });

  it('reads again after a minute, or when asked to', async () => {
    const { asked, clock, read } = setUp();

    await read();
    clock.at += 59_000;
    await read();
    expect(asked).toHaveLength(1);
    await read(true);
    clock.at += 60_000;
    await read();

    expect(asked).toEqual(['E2ABCDEFGH', 'E2ABCDEFGH', 'E2ABCDEFGH']);
  });

  it('rejects who may not book the pipeline', async () => {
    await expect(setUp('acc_other').read()).rejects.toMatchObject({ code: 'pipeline-not-found' });
  });
});

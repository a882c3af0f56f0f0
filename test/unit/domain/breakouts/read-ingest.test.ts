import type { ProPipeline } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { readIngest } from '../../../../lambda/domain/breakouts/read-ingest.ts';
import { bookedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

describe('the ingest of a show', () => {
  const ingestOf = async (channel: Partial<ProPipeline['channel']>) => {
    const world = showWorld([aPipeline({ channel: { ...aPipeline().channel, ...channel } })]);
    const { breakoutId } = await bookedShow(world);
    const inputs = { endpoints: async (inputId: string) => ['1', '2'].map((end) => ({ base: `${channel.inputs![0]!.type === 'RTP_PUSH' ? 'rtp' : 'rtmp'}://203.0.113.${inputId}${end}:5000` })) };
    return (await readIngest({ ...world.deps, inputs, audit: { record: async () => undefined } })(aCaller(), breakoutId)).endpoints;
  };
  const two = (type: 'RTMP_PUSH' | 'RTP_PUSH') => [{ inputId: '1', name: 'primary', type }, { inputId: '2', name: 'backup', type }] as const;

  it('has four endpoints with names of their own on a standard channel with two inputs', async () => {
    const endpoints = await ingestOf({ channelClass: 'STANDARD', inputs: two('RTMP_PUSH') });

    expect(endpoints.map(({ input, pipeline }) => `${input} ${pipeline}`)).toEqual(['primary 0', 'primary 1', 'backup 0', 'backup 1']);
    expect(new Set(endpoints.map(({ streamKey }) => streamKey)).size).toBe(4);
  });

  it('is by source alone with RTP, at the endpoint that the channel takes from', async () => {
    const endpoints = await ingestOf({ inputs: two('RTP_PUSH') });

    expect(endpoints).toEqual([
      { input: 'primary', pipeline: '0', protocol: 'RTP', url: 'rtp://203.0.113.11:5000', note: expect.stringContaining('no stream name') as string },
      { input: 'backup', pipeline: '0', protocol: 'RTP', url: 'rtp://203.0.113.21:5000', note: expect.stringContaining('no stream name') as string },
    ]);
  });
});

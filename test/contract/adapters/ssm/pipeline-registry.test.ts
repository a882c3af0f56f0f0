import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ssmPipelineRegistry } from '../../../../lambda/adapters/ssm/pipeline-registry.ts';
import type { CamPipelineRegistration, ProPipelineRegistration } from '../../../../lambda/contract/pipeline-registration.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createSsmService } from '../../../../local/services/ssm/ssm-service.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aPipeline } from '../../../support/shows/a-plan.ts';

const registrationOf = (pipelineId: string): ProPipelineRegistration => {
  const { name, kind, region, channel, packaging, delivery, archive } = aPipeline();
  return {
    schemaVersion: 2, pipelineId, name, kind, region, delivery, archive,
    channel: {
      id: channel.channelId, arn: channel.channelArn, class: channel.channelClass, inputClass: channel.inputClass,
      inputs: channel.inputs.map(({ inputId, ...input }) => ({ id: inputId, ...input })), outputs: [...channel.outputs],
      inputSecurityGroup: { id: '77', allowedSources: ['198.51.100.0/24'] },
    },
    packaging: {
      channelId: packaging.channelId,
      endpoints: packaging.endpoints.map(({ path, ...endpoint }) => ({ ...endpoint, originUrl: `https://host.mediapackage.us-east-1.amazonaws.com${path}` })),
    },
  };
};

let gateway: LocalGateway;
let client: SSMClient;
const put = (id: string, value: string) => client.send(new PutParameterCommand({ Name: `/test/pipelines/${id}`, Value: value, Type: 'String' }));

beforeAll(async () => {
  gateway = await startGateway({ services: [createSsmService({ state: memoryStateStore(), clock: systemClock })] });
  client = new SSMClient(gateway.settings);
  // More than one page of the service.
  for (let index = 10; index < 23; index += 1) await put(`pl_${index}`, JSON.stringify(registrationOf(`pl_${index}`)));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

const camRegistration = (): CamPipelineRegistration => {
  const { channel: { channelArn, ...channel }, ...pipeline } = aCamPipeline();
  return { schemaVersion: 2, ...pipeline, channel: { arn: channelArn, ...channel } };
};

describe('the registry of pipelines', () => {
  const registry = () => ssmPipelineRegistry(client, '/test/pipelines/');

  it('answers a pipeline as its stack registered it', async () => {
    expect(await registry().get('pl_11')).toEqual(aPipeline({ pipelineId: 'pl_11' }));
  });

  it('lists all pipelines', async () => {
    expect((await registry().list()).map(({ pipelineId }) => pipelineId)).toEqual(Array.from({ length: 13 }, (_, index) => `pl_${index + 10}`));
  });

  it.each(['pl_none', '../secrets', 'pl_UPPER', ''])('fails to find %j', async (id) => {
    await expect(registry().get(id)).rejects.toMatchObject({ name: 'NotFound', code: 'pipeline-not-found' });
  });

  it('answers and lists Cam pipelines as their stacks registered them', async () => {
    await put('pl_cam', JSON.stringify(camRegistration()));

    expect(await registry().get('pl_cam')).toEqual(aCamPipeline());
    expect((await registry().list()).map(({ pipelineId, kind }) => `${pipelineId} ${kind}`)).toContain('pl_cam CAM');
  });

  it('rejects a registration of another shape, and says which', async () => {
    await put('pl_broken', '{"schemaVersion":1}');

    await expect(registry().get('pl_broken')).rejects.toThrow(/\/test\/pipelines\/pl_broken is no pipeline registration/);
  });
});

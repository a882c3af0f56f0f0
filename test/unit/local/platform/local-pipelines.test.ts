import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStageConfiguration } from '../../../../lib/config/read-stage-configuration.ts';
import { defaultLocalPipelines, localPipelineNames, readFirstPipelineId, readLocalCam, readLocalPipelines, type LocalPipeline } from '../../../../local/platform/local-pipelines.ts';
import { localStageConfiguration } from '../../../../local/platform/stage-configuration.ts';

const stageWith = (pipelines: Parameters<typeof localStageConfiguration>[0]['pipelines']) =>
  parseStageConfiguration(localStageConfiguration({ region: 'us-east-1', timeScale: 3600, pipelines }), 'local');

describe('the local stage', () => {
  it('is one that could be deployed, with every pipeline', () => {
    expect(stageWith(localPipelineNames).pipelines.map(({ id }) => id)).toEqual([...localPipelineNames]);
  });

  it('has two pipelines with every default', () => {
    const { pipelines } = stageWith(defaultLocalPipelines);

    expect(pipelines).toMatchObject(['house', 'small'].map((ladder) => ({ ladder, channelClass: 'SINGLE_PIPELINE', inputs: { count: 2, type: 'RTMP_PUSH' } })));
    for (const pipeline of pipelines) expect(pipeline).not.toHaveProperty('formats');
  });
});

describe('the pipelines of a stage\'s file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'visionstream-pipelines-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const fileWith = (content: unknown): string => {
    const path = join(folder, 'stage.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('are reached from this machine', () => {
    expect(stageWith(readLocalPipelines('config/dev.json')).pipelines).toMatchObject([{ id: 'pl_main', inputs: { network: { type: 'PUBLIC', allowedSources: ['127.0.0.1/32'] } } }]);
  });

  it('keep all else that they declare', () => {
    const declared: LocalPipeline = { id: 'pl_own', ladder: { rungs: [] }, inputs: { count: 1, network: { type: 'VPC', subnetIds: ['subnet-0a'] } } };

    expect(readLocalPipelines(fileWith({ stage: 'own', pipelines: [declared] }))).toEqual([declared]);
  });

  it('come with the Cam pipelines that the file declares, if it does', () => {
    expect(readLocalCam('examples/stage.json')).toMatchObject({ pipelines: [{ id: 'pl_cam' }, { id: 'pl_foyer' }] });
    expect(readLocalCam('config/dev.json')).toBeUndefined();
  });

  it('begin with the Pro pipeline that is declared first, else with the Cam pipeline', () => {
    expect(readFirstPipelineId('examples/stage.json')).toBe('pl_main');
    expect(readFirstPipelineId(fileWith({ cam: { pipelines: [{ id: 'pl_camera' }] } }))).toBe('pl_camera');
    expect(readLocalPipelines(fileWith({ cam: { pipelines: [{ id: 'pl_camera' }] } }))).toEqual([]);
  });

  it.each([['nothing', {}], ['no pipeline', { pipelines: [] }], ['a pipeline without inputs', { pipelines: [{ id: 'pl_own' }] }]])('rejects %s, naming the file', (_, content) => {
    expect(() => readLocalPipelines(fileWith(content))).toThrow(/stage\.json is no stage configuration/);
  });

  it('rejects a file that is not there', () => {
    expect(() => readLocalPipelines(join(folder, 'none.json'))).toThrow(/none\.json is no stage configuration.*ENOENT/);
  });
});

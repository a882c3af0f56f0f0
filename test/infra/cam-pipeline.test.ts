import { pipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';
import { aCamConfiguration, aStageConfiguration, onlyResourceOf, rendered, resourcesOf, synthesisedTemplates } from '../support/synthesised-stage.ts';

const templates = synthesisedTemplates(
  aStageConfiguration({
    cam: aCamConfiguration({
      pipelines: [{ id: 'pl_cam', name: 'Cam' }, { id: 'pl_open', name: 'The "open" one', type: 'ADVANCED_SD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY', latencyMode: 'NORMAL', playback: 'PUBLIC', containerFormat: 'FRAGMENTED_MP4', accountId: 'acc_01' }],
    }),
  }),
);
interface Statement {
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

const cam = templates['Pipeline-cam']!;
const open = templates['Pipeline-open']!;
const foundation = templates['Foundation']!;

const valueOf = (reference: Readonly<Record<string, unknown>>): string => (JSON.stringify(reference).includes('PlaybackUrl') ? 'https://host/a.m3u8' : 'known-when-deployed');
const registrationOf = (template: typeof cam): unknown => pipelineRegistrationSchema.parse(JSON.parse(rendered(onlyResourceOf(template, 'AWS::SSM::Parameter').Properties['Value'], valueOf)));

describe('a stage of cameras alone', () => {
  it('has no stack of a Pro pipeline', () => {
    expect(Object.keys(synthesisedTemplates(aStageConfiguration({ pipelines: [], cam: aCamConfiguration() }))).sort()).toEqual(['Control', 'Foundation', 'Pipeline-cam']);
  });
});

describe('a Cam pipeline', () => {
  it('is a private STANDARD channel of low latency unless told', () => {
    expect(onlyResourceOf(cam, 'AWS::IVS::Channel').Properties).toMatchObject({ Name: 'test-pl_cam', Type: 'STANDARD', LatencyMode: 'LOW', ContainerFormat: 'TS', Authorized: true, InsecureIngest: false });
    expect(onlyResourceOf(cam, 'AWS::IVS::Channel').Properties).not.toHaveProperty('Preset');
  });

  it('is what it declares', () => {
    expect(onlyResourceOf(open, 'AWS::IVS::Channel').Properties).toMatchObject({ Type: 'ADVANCED_SD', Preset: 'CONSTRAINED_BANDWIDTH_DELIVERY', LatencyMode: 'NORMAL', ContainerFormat: 'FRAGMENTED_MP4', Authorized: false });
  });

  it('carries the tags by which roles reach it', () => {
    expect(onlyResourceOf(cam, 'AWS::IVS::Channel').Properties['Tags']).toEqual([{ Key: 'visionstream:pipeline', Value: 'pl_cam' }, { Key: 'visionstream:stage', Value: 'test' }]);
  });

  it('has no stream key in any template', () => {
    expect(Object.values(templates).flatMap((template) => resourcesOf(template, 'AWS::IVS::StreamKey'))).toEqual([]);
    expect(JSON.stringify(templates)).not.toContain('sk_');
  });

  it('is looked at by the functions that measure and watch it, which change nothing of it', () => {
    const grants = Object.entries(templates['Control']!.Resources).flatMap(([id, { Type, Properties }]) => {
      const name = Type === 'AWS::IAM::Policy' ? /^Functions(\w+?)RoleDefaultPolicy/.exec(id)?.[1] : undefined;
      const statements: readonly Statement[] = name === undefined ? [] : Properties['PolicyDocument'].Statement;
      return statements.flatMap(({ Action, Condition }) => [Action].flat().filter((action) => action.startsWith('ivs:')).map((action) => ({ name, action, Condition })));
    });
    const actionsOf = (wanted: string) => grants.filter(({ name }) => name === wanted).map(({ action }) => action);

    for (const name of ['Metering', 'Accrual', 'Monitoring', 'MediaEvents']) expect([name, actionsOf(name)]).toEqual([name, ['ivs:GetStream', 'ivs:ListStreamSessions', 'ivs:GetStreamSession']]);
    for (const name of ['Playback', 'ShowEdge', 'Reconciler']) expect([name, actionsOf(name)]).toEqual([name, expect.arrayContaining(['ivs:StartViewerSessionRevocation'])]);
    for (const { action, Condition } of grants) expect([action, JSON.stringify(Condition)]).toEqual([action, expect.stringContaining('visionstream:stage')]);
  });

  it('is heard of by all that IVS tells, in its own words', () => {
    const patterns = Object.values(templates).flatMap((template) => resourcesOf(template, 'AWS::Events::Rule')).map(({ Properties }) => Properties['EventPattern']);

    expect(patterns.filter((pattern) => pattern?.source?.[0] === 'aws.ivs').flatMap((pattern) => pattern['detail-type']).sort()).toEqual([
      'IVS Limit Breach', 'IVS Recording State Change', 'IVS Stream Health Change', 'IVS Stream State Change',
    ]);
  });

  it('shares one recording configuration with the others, into the bucket of recordings', () => {
    const { Properties } = onlyResourceOf(foundation, 'AWS::IVS::RecordingConfiguration');
    const bucket = Object.entries(foundation.Resources).find(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Recordings'))![0];

    expect(Properties).toMatchObject({ RecordingReconnectWindowSeconds: 60, DestinationConfiguration: { S3: { BucketName: { Ref: bucket } } }, ThumbnailConfiguration: { RecordingMode: 'DISABLED' } });
    expect(new Set([cam, open].map((template) => JSON.stringify(onlyResourceOf(template, 'AWS::IVS::Channel').Properties['RecordingConfigurationArn']))).size).toBe(1);
  });

  it('has the public halves of its keys in the foundation, which outlives it', () => {
    expect(onlyResourceOf(foundation, 'AWS::IVS::PlaybackKeyPair').Properties).toMatchObject({ Name: 'test-playback-k1', PublicKeyMaterial: expect.stringContaining('PUBLIC KEY') });
  });

  it('registers what the platform needs to know, and exports nothing', () => {
    expect(onlyResourceOf(cam, 'AWS::SSM::Parameter').Properties['Name']).toBe('/test/pipelines/pl_cam');
    expect(registrationOf(cam)).toMatchObject({ kind: 'CAM', pipelineId: 'pl_cam', channel: { type: 'STANDARD', isPrivate: true, playbackUrl: 'https://host/a.m3u8' }, recording: { reconnectWindowSeconds: 60 } });
    expect(registrationOf(open)).toMatchObject({ kind: 'CAM', name: 'The "open" one', accountId: 'acc_01', channel: { isPrivate: false, preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' } });
    expect(cam.Outputs).toBeUndefined();
  });

  it('has fragmented MP4 copied into an MP4 by the one function that may read it, and writes nothing else', () => {
    const policies = resourcesOf(templates['Control']!, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties['PolicyDocument']));

    const writing = policies.filter((policy) => policy.includes('s3:AbortMultipartUpload'));
    expect(writing).toHaveLength(1);
    expect(writing[0]).toMatch(/"Action":\["s3:PutObject","s3:AbortMultipartUpload"\],"Effect":"Allow","Resource":\{"Fn::Join":\["",\[[^\]]+"\/acc_\*\/mp4\/\*\.mp4"\]\]\}/);
    expect(writing[0]).toContain('/ivs/v1/*/media/*"');
  });
});

describe('a stage without Cam pipelines', () => {
  it('has nothing of IVS', () => {
    expect(JSON.stringify(synthesisedTemplates())).not.toContain('AWS::IVS::');
  });
});

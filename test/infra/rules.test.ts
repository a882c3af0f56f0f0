import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStageConfiguration } from '../../lib/config/read-stage-configuration.ts';
import type { StageConfigurationInput } from '../../lib/config/stage-configuration.ts';
import { installedProgram } from '../support/installed-program.ts';
import { aCamConfiguration, aPipelineConfiguration, aStageConfiguration, withSynthesisedStage } from '../support/synthesised-stage.ts';
import { itWith } from '../support/where-installed.ts';

const small = aStageConfiguration({ pipelines: [aPipelineConfiguration({ ladder: 'small' })], retainData: false, delivery: { viewerScheme: 'http' } });

const withDomain = aStageConfiguration({
  pipelines: [aPipelineConfiguration(), aPipelineConfiguration({ id: 'pl_second' })],
  edge: { domainName: 'live.example.com', hostedZoneId: 'Z0123456789' },
  delivery: {
    domainName: 'live.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1234',
    webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/test-viewers/1234',
  },
});

const everyKind = aStageConfiguration({
  pipelines: [
    aPipelineConfiguration({ channelClass: 'STANDARD', failover: { preference: 'EQUAL_INPUT_PREFERENCE', conditions: { videoBlack: { thresholdMilliseconds: 1000 }, audioSilence: { thresholdMilliseconds: 1000 } } } }),
    aPipelineConfiguration({
      ...{ id: 'pl_vpc', formats: { HLS: { startOverSeconds: 3600 } } },
      inputs: { count: 1, type: 'RTP_PUSH', network: { type: 'VPC', subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'], securityGroupIds: ['sg-0123456789abcdef0'] } },
      encryption: { keyServerUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/live/keys', resourceId: 'stage', HLS: { method: 'AES_128' } },
    }),
  ],
});

const withCam = aStageConfiguration({ cam: aCamConfiguration({ pipelines: [{ id: 'pl_cam', name: 'Cam' }, { id: 'pl_open', name: 'Open', playback: 'PUBLIC', type: 'ADVANCED_HD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY', containerFormat: 'FRAGMENTED_MP4' }] }) });

const stages: readonly (readonly [string, StageConfigurationInput])[] = [
  ['dev', readStageConfiguration('config/dev.json')],
  ['a small one', small],
  ['one with a domain of its own', withDomain],
  ['one with every kind of pipeline', everyKind],
  ['one with Cam pipelines', withCam],
];

// The checks of whole templates are programs of their own, on a machine that may be busy.
jest.setTimeout(120_000);

/** cfn-lint takes MediaLive's security groups for EC2's; the CDK depends on a role beside its policy. */
const toleratedRules = ['E1041', 'W3005'];

const itWithCfnLint = itWith(installedProgram('cfn-lint'), 'cfn-lint is not on the PATH; with Python: pip install cfn-lint');

describe.each(stages)('the templates of the stage %s', (_, configuration) => {
  it('break no rule of cdk-nag AwsSolutions and hold no custom resource', () => {
    const text = withSynthesisedStage(configuration, (folder, ids) => ids.map((id) => readFileSync(join(folder, `${id}.template.json`), 'utf8')).join('\n'));

    expect(text).not.toMatch(/"Custom::|AWS::CloudFormation::CustomResource|AWS::CDK::Metadata/);
  });
});

describe('the templates', () => {
  it('pass the CDK\'s own check', () => {
    const report = withSynthesisedStage(aStageConfiguration(), (folder) => JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')), true);

    expect(report.pluginReports).toEqual([]);
  });

  for (const [name, configuration] of [['a domain of its own', withDomain], ['Cam pipelines', withCam]] as const) itWithCfnLint(`pass cfn-lint with ${name}`, async () => {
    const { stdout } = withSynthesisedStage(configuration, (folder, ids) =>
      spawnSync('cfn-lint', [...ids.map((id) => join(folder, `${id}.template.json`)), '--ignore-checks', ...toleratedRules], { encoding: 'utf8' }),
    );

    expect(stdout).toBe('');
  });
});

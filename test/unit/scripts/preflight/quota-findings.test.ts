import { parseStageConfiguration } from '../../../../lib/config/read-stage-configuration.ts';
import type { Allowed } from '../../../../scripts/preflight/allowed-counts.ts';
import type { Existing } from '../../../../scripts/preflight/existing-counts.ts';
import { mediaLiveQuotas, type Counts } from '../../../../scripts/preflight/media-live-quotas.ts';
import { quotaFindings, renderFindings } from '../../../../scripts/preflight/quota-findings.ts';
import { aPipelineConfiguration, aStageConfiguration } from '../../../support/synthesised-stage.ts';

const none: Counts = { channels: 0, uhdChannels: 0, pushInputs: 0, vpcInputs: 0, securityGroups: 0 };

const pipelinesOf = (...changes: readonly Parameters<typeof aPipelineConfiguration>[0][]) =>
  parseStageConfiguration(aStageConfiguration({ pipelines: changes.map((change, index) => aPipelineConfiguration({ id: `pl_${index}`, ...change })) }), 'test').pipelines;

const existingOf = (total: Partial<Counts>, ofPipelines: Readonly<Record<string, Counts>> = {}): Existing => ({ total: { ...none, ...total }, ofPipeline: (id) => ofPipelines[id] ?? none });

const newAccount = (thing: keyof Counts): Allowed => ({ value: mediaLiveQuotas[thing].usualValue, isAssumed: false, code: mediaLiveQuotas[thing].code });

const numbersOf = (...parameters: Parameters<typeof quotaFindings>) =>
  Object.fromEntries(quotaFindings(...parameters).map(({ name, existing, added, isExceeded }) => [name, [existing, added, isExceeded]]));

describe('the findings of the quota pre-flight', () => {
  it('count a pipeline\'s channel, inputs and group', () => {
    expect(numbersOf(pipelinesOf({}), existingOf({}), newAccount)).toEqual({ Channels: [0, 1, false], 'Push Inputs': [0, 2, false], 'Input Security Groups': [0, 1, false] });
  });

  it('fail a third pair of inputs in a new account', () => {
    expect(numbersOf(pipelinesOf({}, {}, {}), existingOf({}), newAccount)).toMatchObject({ Channels: [0, 3, false], 'Push Inputs': [0, 6, true] });
  });

  it('count what others have in the Region', () => {
    expect(numbersOf(pipelinesOf({}), existingOf({ channels: 5, pushInputs: 3 }), newAccount)).toMatchObject({ Channels: [5, 1, true], 'Push Inputs': [3, 2, false] });
  });

  it('add nothing for a pipeline that is deployed', () => {
    const deployed = { ...none, channels: 1, pushInputs: 2, securityGroups: 1 };

    expect(numbersOf(pipelinesOf({}), existingOf({ channels: 5, pushInputs: 5, securityGroups: 5 }, { pl_0: deployed }), newAccount)).toEqual({
      Channels: [5, 0, false],
      'Push Inputs': [5, 0, false],
      'Input Security Groups': [5, 0, false],
    });
  });

  it('add the second input of a pipeline that had one', () => {
    const deployed = { ...none, channels: 1, pushInputs: 1, securityGroups: 1 };

    expect(numbersOf(pipelinesOf({}), existingOf({ pushInputs: 1 }, { pl_0: deployed }), newAccount)).toMatchObject({ 'Push Inputs': [1, 1, false] });
  });

  it('count inputs in a VPC and UHD channels apart', () => {
    const vpc = { network: { type: 'VPC' as const, subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0a'] } };
    const uhd = { rungs: [{ name: '2160p', widthPixels: 3840, heightPixels: 2160, videoBitsPerSecond: 16_000_000 }] as [{ name: string; widthPixels: number; heightPixels: number; videoBitsPerSecond: number }] };

    expect(numbersOf(pipelinesOf({ inputs: vpc, ladder: uhd }, { inputs: vpc, ladder: uhd }), existingOf({}), newAccount)).toEqual({ Channels: [0, 2, false], 'UHD Channels': [0, 2, true], 'VPC Inputs': [0, 4, false] });
  });

  it('tell the quota, the numbers and how to ask for more', () => {
    const findings = quotaFindings(pipelinesOf({}, {}, {}), existingOf({}), newAccount);

    expect(renderFindings(findings, 'eu-west-1').split('\n')).toEqual([
      'ok    Channels: 0 exist, the deploy adds 3, 5 are allowed',
      'FAIL  Push Inputs: 0 exist, the deploy adds 6, 5 are allowed',
      '      ask for more: aws service-quotas request-service-quota-increase --region eu-west-1 --service-code medialive --quota-code L-9E233AF7 --desired-value 6',
      'ok    Input Security Groups: 0 exist, the deploy adds 3, 5 are allowed',
    ]);
  });

  it('say when a limit is assumed', () => {
    const findings = quotaFindings(pipelinesOf({}), existingOf({}), (thing) => ({ ...newAccount(thing), isAssumed: true }));

    expect(renderFindings(findings, 'us-east-1')).toContain('5 are allowed (a new account\'s: Service Quotas did not tell)');
  });
});

import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { AutomaticFailover } from '../../config/failover.ts';
import { audioSelectorName } from './encoder-settings.ts';
import type { NamedInput } from './ingest.ts';

type FailoverSettings = CfnChannel.AutomaticInputFailoverSettingsProperty;

const conditionsOf = ({ inputLoss, videoBlack, audioSilence }: AutomaticFailover['conditions']): CfnChannel.FailoverConditionSettingsProperty[] => [
  { inputLossSettings: { inputLossThresholdMsec: inputLoss.thresholdMilliseconds } },
  ...(videoBlack ? [{ videoBlackSettings: { blackDetectThreshold: videoBlack.detectThreshold, videoBlackThresholdMsec: videoBlack.thresholdMilliseconds } }] : []),
  ...(audioSilence ? [{ audioSilenceSettings: { audioSelectorName, audioSilenceThresholdMsec: audioSilence.thresholdMilliseconds } }] : []),
];

const failoverSettings = (failover: AutomaticFailover, secondary: NamedInput): FailoverSettings => ({
  secondaryInputId: secondary.input.ref,
  inputPreference: failover.preference,
  errorClearTimeMsec: failover.errorClearSeconds * 1000,
  failoverConditions: conditionsOf(failover.conditions).map((failoverConditionSettings) => ({ failoverConditionSettings })),
});

/** What the channel listens to, in order of preference. The failover of a pair stands at its first input, the second is attached as any. */
export const inputAttachments = ([primary, secondary]: readonly [NamedInput, ...NamedInput[]], failover: AutomaticFailover | undefined): CfnChannel.InputAttachmentProperty[] => {
  const attach = ({ name, input }: NamedInput): CfnChannel.InputAttachmentProperty => ({
    inputAttachmentName: name,
    inputId: input.ref,
    inputSettings: { audioSelectors: [{ name: audioSelectorName }] },
  });
  if (!secondary) return [attach(primary)];
  return [{ ...attach(primary), ...(failover && { automaticInputFailoverSettings: failoverSettings(failover, secondary) }) }, attach(secondary)];
};

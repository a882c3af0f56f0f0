import { honoured, inert, oneOf, type PropertyRules } from '../../../media/declared-properties.ts';
import { encoderProperties } from './encoder-properties.ts';

const condition = 'FailoverConditions[].FailoverConditionSettings.';

const failoverProperties: PropertyRules = {
  SecondaryInputId: honoured,
  InputPreference: oneOf('PRIMARY_INPUT_PREFERRED', 'EQUAL_INPUT_PREFERENCE'),
  ErrorClearTimeMsec: honoured,
  [`${condition}InputLossSettings.InputLossThresholdMsec`]: honoured,
  [`${condition}VideoBlackSettings.BlackDetectThreshold`]: honoured,
  [`${condition}VideoBlackSettings.VideoBlackThresholdMsec`]: honoured,
  [`${condition}AudioSilenceSettings.AudioSelectorName`]: { stance: 'enforced', note: 'the first sound of the stream is listened to' },
  [`${condition}AudioSilenceSettings.AudioSilenceThresholdMsec`]: honoured,
};

/** What a channel may declare in local mode. */
export const channelProperties: PropertyRules = {
  Name: honoured,
  RoleArn: honoured,
  RequestId: honoured,
  Tags: honoured,
  ChannelId: honoured,
  ChannelClass: oneOf('SINGLE_PIPELINE', 'STANDARD'),
  InputSpecification: inert('what an input declares is billed, not enforced, as on AWS'),
  LogLevel: inert('no channel log is written'),
  Maintenance: inert('there is no maintenance here'),
  ChannelEngineVersion: inert('there is one engine'),
  DryRun: oneOf(false),
  'InputAttachments[].InputId': honoured,
  'InputAttachments[].InputAttachmentName': honoured,
  ...Object.fromEntries(Object.entries(failoverProperties).map(([path, rule]) => [`InputAttachments[].AutomaticInputFailoverSettings.${path}`, rule])),
  'InputAttachments[].InputSettings.AudioSelectors[].Name': honoured,
  'InputAttachments[].InputSettings.AudioSelectors[].SelectorSettings': inert('the first sound of the stream is taken'),
  'InputAttachments[].InputSettings.NetworkInputSettings': inert('push inputs have no server to check'),
  'InputAttachments[].InputSettings.DeblockFilter': oneOf('DISABLED'),
  'InputAttachments[].InputSettings.DenoiseFilter': oneOf('DISABLED'),
  'InputAttachments[].InputSettings.FilterStrength': inert('no filter runs'),
  'InputAttachments[].InputSettings.InputFilter': inert('no filter runs'),
  'InputAttachments[].InputSettings.Smpte2038DataPreference': inert('nothing here carries any'),
  'InputAttachments[].InputSettings.SourceEndBehavior': inert('a push input has no end'),
  'Destinations[].Id': honoured,
  'Destinations[].Settings[].Url': honoured,
  'Destinations[].MediaPackageSettings[].ChannelId': honoured,
  ...Object.fromEntries(Object.entries(encoderProperties).map(([path, rule]) => [`EncoderSettings.${path}`, rule])),
};

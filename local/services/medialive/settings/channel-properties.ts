import { honoured, inert, oneOf, type PropertyRules } from '../../../media/declared-properties.ts';
import { encoderProperties } from './encoder-properties.ts';

/** What a channel may declare in local mode. */
export const channelProperties: PropertyRules = {
  Name: honoured,
  RoleArn: honoured,
  RequestId: honoured,
  Tags: honoured,
  ChannelId: honoured,
  ChannelClass: oneOf('SINGLE_PIPELINE'),
  InputSpecification: inert('what an input declares is billed, not enforced, as on AWS'),
  LogLevel: inert('no channel log is written'),
  Maintenance: inert('there is no maintenance here'),
  ChannelEngineVersion: inert('there is one engine'),
  DryRun: oneOf(false),
  'InputAttachments[].InputId': honoured,
  'InputAttachments[].InputAttachmentName': honoured,
  'InputAttachments[].InputSettings.AudioSelectors': inert('the first sound of the stream is taken'),
  'InputAttachments[].InputSettings.DeblockFilter': oneOf('DISABLED'),
  'InputAttachments[].InputSettings.DenoiseFilter': oneOf('DISABLED'),
  'InputAttachments[].InputSettings.FilterStrength': inert('no filter runs'),
  'InputAttachments[].InputSettings.InputFilter': inert('no filter runs'),
  'InputAttachments[].InputSettings.Smpte2038DataPreference': inert('RTMP carries none'),
  'InputAttachments[].InputSettings.SourceEndBehavior': inert('a push input has no end'),
  'Destinations[].Id': honoured,
  'Destinations[].Settings[].Url': honoured,
  'Destinations[].MediaPackageSettings[].ChannelId': honoured,
  ...Object.fromEntries(Object.entries(encoderProperties).map(([path, rule]) => [`EncoderSettings.${path}`, rule])),
};

/** What an input may declare in local mode. */
export const inputProperties: PropertyRules = {
  InputId: honoured,
  Name: honoured,
  Tags: honoured,
  RequestId: honoured,
  Type: oneOf('RTMP_PUSH'),
  'Destinations[].StreamName': honoured,
  InputSecurityGroups: honoured,
  InputNetworkLocation: oneOf('AWS'),
  RoleArn: inert('an RTMP push input uses no role'),
};

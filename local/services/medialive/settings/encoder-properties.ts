import { encoderPreset } from '../../../media/encoder/encoder-arguments.ts';
import { honoured, inert, oneOf, type PropertyRule, type PropertyRules } from '../../../media/declared-properties.ts';

const under = (prefix: string, rules: PropertyRules): PropertyRules =>
  Object.fromEntries(Object.entries(rules).map(([path, rule]) => [`${prefix}${path}`, rule]));

const tuning: PropertyRule = inert(`a matter of picture quality, which the preset "${encoderPreset}" decides here`);

const h264: PropertyRules = {
  Bitrate: honoured,
  MaxBitrate: honoured,
  BufSize: honoured,
  RateControlMode: oneOf('CBR', 'VBR', 'QVBR'),
  QvbrQualityLevel: inert('QVBR is held to its average and maximum bit rate'),
  FramerateControl: oneOf('SPECIFIED'),
  FramerateNumerator: honoured,
  FramerateDenominator: honoured,
  GopSize: honoured,
  GopSizeUnits: oneOf('SECONDS', 'FRAMES'),
  GopNumBFrames: honoured,
  GopClosedCadence: oneOf(1),
  Profile: oneOf('BASELINE', 'MAIN', 'HIGH'),
  ScanType: oneOf('PROGRESSIVE'),
  ParControl: oneOf('SPECIFIED'),
  ParNumerator: oneOf(1),
  ParDenominator: oneOf(1),
  TimecodeInsertion: oneOf('DISABLED'),
  AfdSignaling: oneOf('NONE'),
  SceneChangeDetect: inert('GOPs have a fixed length'),
  Level: inert('the lowest level that holds the picture is written'),
  AdaptiveQuantization: tuning,
  BufFillPct: tuning,
  ColorMetadata: tuning,
  EntropyEncoding: tuning,
  FlickerAq: tuning,
  ForceFieldPictures: inert('frames are progressive'),
  GopBReference: tuning,
  LookAheadRateControl: tuning,
  MinIInterval: inert('GOPs have a fixed length'),
  NumRefFrames: tuning,
  QualityLevel: tuning,
  Slices: tuning,
  Softness: tuning,
  SpatialAq: tuning,
  SubgopLength: tuning,
  Syntax: tuning,
  TemporalAq: tuning,
};

const aac: PropertyRules = {
  Bitrate: honoured,
  SampleRate: honoured,
  CodingMode: oneOf('CODING_MODE_1_0', 'CODING_MODE_2_0'),
  Profile: oneOf('LC'),
  RateControlMode: oneOf('CBR'),
  RawFormat: oneOf('NONE'),
  InputType: oneOf('NORMAL'),
  Spec: inert('the stream is the same'),
};

const outputGroup: PropertyRules = {
  Name: honoured,
  'OutputGroupSettings.MediaPackageGroupSettings.Destination.DestinationRefId': honoured,
  'OutputGroupSettings.ArchiveGroupSettings.Destination.DestinationRefId': honoured,
  'OutputGroupSettings.ArchiveGroupSettings.RolloverInterval': honoured,
  'OutputGroupSettings.ArchiveGroupSettings.ArchiveCdnSettings': inert('buckets here have no ACLs'),
  'Outputs[].OutputName': honoured,
  'Outputs[].VideoDescriptionName': honoured,
  'Outputs[].AudioDescriptionNames': honoured,
  'Outputs[].OutputSettings.ArchiveOutputSettings.Extension': honoured,
  'Outputs[].OutputSettings.ArchiveOutputSettings.NameModifier': honoured,
  'Outputs[].OutputSettings.ArchiveOutputSettings.ContainerSettings.M2tsSettings': inert('the multiplexer chooses PIDs, tables and rates itself'),
};

/** What a channel's EncoderSettings may declare in local mode, as paths below EncoderSettings. */
export const encoderProperties: PropertyRules = {
  'VideoDescriptions[].Name': honoured,
  'VideoDescriptions[].Width': honoured,
  'VideoDescriptions[].Height': honoured,
  'VideoDescriptions[].ScalingBehavior': oneOf('DEFAULT', 'STRETCH_TO_OUTPUT'),
  'VideoDescriptions[].RespondToAfd': oneOf('NONE'),
  'VideoDescriptions[].Sharpness': tuning,
  ...under('VideoDescriptions[].CodecSettings.H264Settings.', h264),
  'AudioDescriptions[].Name': honoured,
  'AudioDescriptions[].AudioSelectorName': inert('the first sound of the stream is taken'),
  'AudioDescriptions[].AudioTypeControl': inert('no audio type is signalled'),
  'AudioDescriptions[].AudioType': inert('no audio type is signalled'),
  'AudioDescriptions[].LanguageCode': inert('no language is signalled'),
  'AudioDescriptions[].LanguageCodeControl': inert('no language is signalled'),
  'AudioDescriptions[].StreamName': inert('streams have no names in MPEG-TS here'),
  ...under('AudioDescriptions[].CodecSettings.AacSettings.', aac),
  ...under('OutputGroups[].', outputGroup),
  TimecodeConfig: inert('no timecode is written'),
  'GlobalConfiguration.InitialAudioGain': oneOf(0),
  'GlobalConfiguration.InputEndAction': oneOf('NONE'),
  'GlobalConfiguration.InputLossBehavior': inert('without input nothing is produced; a slate is not built yet'),
  'GlobalConfiguration.OutputLockingMode': inert('there is one pipeline'),
  'GlobalConfiguration.OutputTimingSource': inert('time is the input\'s'),
  'GlobalConfiguration.SupportLowFramerateInputs': inert('any frame rate is taken'),
  FeatureActivations: inert('schedules are not built yet'),
  ThumbnailConfiguration: inert('thumbnails are not built yet'),
};

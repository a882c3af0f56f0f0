import { honoured, inert, oneOf, type PropertyRules } from '../../media/declared-properties.ts';

/** What an origin endpoint may declare in local mode. */
export const endpointProperties: PropertyRules = {
  Id: honoured,
  ChannelId: honoured,
  Description: honoured,
  ManifestName: honoured,
  Origination: oneOf('ALLOW', 'DENY'),
  Tags: honoured,
  StartoverWindowSeconds: oneOf(0),
  TimeDelaySeconds: oneOf(0),
  'HlsPackage.SegmentDurationSeconds': honoured,
  'HlsPackage.PlaylistWindowSeconds': honoured,
  'HlsPackage.ProgramDateTimeIntervalSeconds': honoured,
  'HlsPackage.PlaylistType': oneOf('NONE'),
  'HlsPackage.StreamSelection': honoured,
  'HlsPackage.AdMarkers': oneOf('NONE'),
  'HlsPackage.AdTriggers': inert('a live stream here carries no ad markers'),
  'HlsPackage.AdsOnDeliveryRestrictions': inert('a live stream here carries no ad markers'),
  'HlsPackage.UseAudioRenditionGroup': oneOf(false),
  'HlsPackage.IncludeIframeOnlyStream': oneOf(false),
  'HlsPackage.IncludeDvbSubtitles': oneOf(false),
};

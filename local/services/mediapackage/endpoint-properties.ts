import { honoured, inert, oneOf, type PropertyRules } from '../../media/declared-properties.ts';
import { encryptionProperties } from './encryption/encryption-properties.ts';

const noAdMarkers = inert('a live stream here carries no ad markers');

/** Rules for the members of a package, under its name. */
const within = (name: string, rules: PropertyRules): PropertyRules => Object.fromEntries(Object.entries(rules).map(([path, rule]) => [`${name}.${path}`, rule]));

const playlist: PropertyRules = {
  PlaylistWindowSeconds: honoured,
  ProgramDateTimeIntervalSeconds: honoured,
  PlaylistType: oneOf('NONE'),
  AdMarkers: oneOf('NONE'),
  AdTriggers: noAdMarkers,
  AdsOnDeliveryRestrictions: noAdMarkers,
  IncludeIframeOnlyStream: oneOf(false),
};

/** What an origin endpoint may declare in local mode. */
export const endpointProperties: PropertyRules = {
  Id: honoured,
  ChannelId: honoured,
  Description: honoured,
  ManifestName: honoured,
  Origination: oneOf('ALLOW', 'DENY'),
  Tags: honoured,
  StartoverWindowSeconds: honoured,
  TimeDelaySeconds: honoured,
  Whitelist: honoured,
  'Authorization.CdnIdentifierSecret': honoured,
  'Authorization.SecretsRoleArn': honoured,
  ...encryptionProperties,
  ...within('HlsPackage', { ...playlist, SegmentDurationSeconds: honoured, StreamSelection: honoured, UseAudioRenditionGroup: oneOf(false), IncludeDvbSubtitles: oneOf(false) }),
  ...within('DashPackage', {
    SegmentDurationSeconds: honoured,
    ManifestWindowSeconds: honoured,
    MinBufferTimeSeconds: honoured,
    MinUpdatePeriodSeconds: honoured,
    SuggestedPresentationDelaySeconds: honoured,
    Profile: oneOf('NONE'),
    ManifestLayout: oneOf('FULL'),
    SegmentTemplateFormat: oneOf('NUMBER_WITH_TIMELINE', 'TIME_WITH_TIMELINE'),
    StreamSelection: honoured,
    UtcTiming: oneOf('NONE', 'HTTP-HEAD', 'HTTP-ISO', 'HTTP-XSDATE'),
    UtcTimingUri: honoured,
    IncludeIframeOnlyStream: oneOf(false),
    AdTriggers: noAdMarkers,
    AdsOnDeliveryRestrictions: noAdMarkers,
  }),
  ...within('MssPackage', { SegmentDurationSeconds: honoured, ManifestWindowSeconds: honoured, StreamSelection: honoured }),
  ...within('CmafPackage', { SegmentDurationSeconds: honoured, SegmentPrefix: honoured, StreamSelection: honoured }),
  ...within('CmafPackage.HlsManifests[]', { ...playlist, Id: honoured, ManifestName: honoured, Url: inert('the service chooses it') }),
};

import type { CmafPackage, CreateOriginEndpointRequest, DashPackage, HlsPackage, MssPackage, StreamSelection } from '@aws-sdk/client-mediapackage';
import { findUnsupported } from '../../media/declared-properties.ts';
import { isCidr } from './delivery/address-guard.ts';
import { encryptionProblems } from './encryption/encryption-properties.ts';
import { defaultSegmentSeconds, defaultWindowSeconds, type EndpointRecord } from './endpoint-record.ts';
import { endpointProperties } from './endpoint-properties.ts';
import { unprocessable } from './faults.ts';

/** What a request declares of an endpoint's packaging and of who may read. */
export type EndpointDeclaration = Partial<CreateOriginEndpointRequest>;

/** An endpoint's settings, with the service's defaults. */
export type DeclaredSettings = Pick<EndpointRecord, 'hls' | 'dash' | 'mss' | 'cmaf' | 'whitelist' | 'startoverWindowSeconds' | 'timeDelaySeconds' | 'manifestName' | 'origination' | 'authorization'>;

const fourteenDays = 1_209_600;
const oneDay = 86_400;
const namePattern = /^[A-Za-z0-9_-]{1,256}$/;

/** Reads a declaration. Throws 422 for what cannot be honoured or is out of range, and unless it names exactly one package. */
export const readDeclaration = (input: EndpointDeclaration): DeclaredSettings => {
  const problems = findUnsupported(endpointProperties, input).map(({ elementPath, message }) => `${elementPath}: ${message}`);
  if (problems.length > 0) throw unprocessable(problems.join('; '));
  const { HlsPackage: hls, DashPackage: dash, MssPackage: mss, CmafPackage: cmaf, ManifestName: manifestName = 'index' } = input;
  const declared = Object.entries({ HlsPackage: hls, DashPackage: dash, MssPackage: mss, CmafPackage: cmaf }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (declared.length !== 1) throw unprocessable(`an origin endpoint has exactly one of HlsPackage, DashPackage, MssPackage and CmafPackage, got ${declared.join(', ') || 'none'}`);
  requireName('ManifestName', manifestName);
  const [startover, delay] = [input.StartoverWindowSeconds ?? 0, input.TimeDelaySeconds ?? 0];
  requireRange('StartoverWindowSeconds', startover, 0, fourteenDays);
  requireRange('TimeDelaySeconds', delay, 0, oneDay);
  for (const cidr of input.Whitelist ?? []) if (!isCidr(cidr)) throw unprocessable(`Whitelist ${JSON.stringify(cidr)}: expected a block of addresses in CIDR notation, such as 192.0.2.0/24`);
  return {
    manifestName, origination: input.Origination ?? 'ALLOW', whitelist: input.Whitelist ?? [], startoverWindowSeconds: startover, timeDelaySeconds: delay,
    ...(input.Authorization === undefined ? {} : { authorization: input.Authorization }),
    ...(hls === undefined ? {} : { hls: readHls(hls) }), ...(dash === undefined ? {} : { dash: readDash(dash) }),
    ...(mss === undefined ? {} : { mss: readMss(mss) }), ...(cmaf === undefined ? {} : { cmaf: readCmaf(cmaf) }),
  };
};

const readHls = (hls: HlsPackage): HlsPackage => {
  const lengths = { SegmentDurationSeconds: hls.SegmentDurationSeconds ?? defaultSegmentSeconds.HLS, PlaylistWindowSeconds: hls.PlaylistWindowSeconds ?? defaultWindowSeconds };
  requireLengths('HlsPackage', lengths.SegmentDurationSeconds, { PlaylistWindowSeconds: lengths.PlaylistWindowSeconds });
  requireSelection('HlsPackage', hls.StreamSelection);
  const problems = hls.Encryption === undefined ? [] : encryptionProblems(hls.Encryption);
  if (problems.length > 0) throw unprocessable(problems.join('; '));
  return { PlaylistType: 'NONE', AdMarkers: 'NONE', UseAudioRenditionGroup: false, IncludeIframeOnlyStream: false, ...hls, ...lengths };
};

const readDash = (dash: DashPackage): DashPackage => {
  const lengths = { SegmentDurationSeconds: dash.SegmentDurationSeconds ?? defaultSegmentSeconds.DASH, ManifestWindowSeconds: dash.ManifestWindowSeconds ?? defaultWindowSeconds };
  requireLengths('DashPackage', lengths.SegmentDurationSeconds, { ManifestWindowSeconds: lengths.ManifestWindowSeconds });
  requireSelection('DashPackage', dash.StreamSelection);
  const { UtcTiming: timing = 'NONE', UtcTimingUri: uri } = dash;
  if (timing !== 'NONE' && uri === undefined) throw unprocessable(`DashPackage.UtcTiming ${timing} needs UtcTimingUri: the URL that tells players the time`);
  if (timing === 'NONE' && uri !== undefined) throw unprocessable('DashPackage.UtcTimingUri is without effect: set UtcTiming to HTTP-HEAD, HTTP-ISO or HTTP-XSDATE, or remove it');
  for (const [name, value] of Object.entries({ MinBufferTimeSeconds: dash.MinBufferTimeSeconds, MinUpdatePeriodSeconds: dash.MinUpdatePeriodSeconds, SuggestedPresentationDelaySeconds: dash.SuggestedPresentationDelaySeconds })) {
    if (value !== undefined) requireRange(`DashPackage.${name}`, value, name === 'MinUpdatePeriodSeconds' ? 1 : 0, oneDay);
  }
  return { MinBufferTimeSeconds: 30, MinUpdatePeriodSeconds: 15, SuggestedPresentationDelaySeconds: 25, Profile: 'NONE', ManifestLayout: 'FULL', SegmentTemplateFormat: 'NUMBER_WITH_TIMELINE', UtcTiming: 'NONE', PeriodTriggers: [], ...dash, ...lengths };
};

const readMss = (mss: MssPackage): MssPackage => {
  const lengths = { SegmentDurationSeconds: mss.SegmentDurationSeconds ?? defaultSegmentSeconds.MSS, ManifestWindowSeconds: mss.ManifestWindowSeconds ?? defaultWindowSeconds };
  requireLengths('MssPackage', lengths.SegmentDurationSeconds, { ManifestWindowSeconds: lengths.ManifestWindowSeconds });
  requireSelection('MssPackage', mss.StreamSelection);
  return { ...mss, ...lengths };
};

const readCmaf = (cmaf: CmafPackage): CmafPackage => {
  const segment = cmaf.SegmentDurationSeconds ?? defaultSegmentSeconds.CMAF;
  const manifests = cmaf.HlsManifests ?? [];
  const ids = manifests.map(({ Id }) => Id ?? '');
  if (new Set(ids).size < ids.length) throw unprocessable(`CmafPackage.HlsManifests: Ids ${ids.join(', ')} must differ`);
  if (cmaf.SegmentPrefix !== undefined) requireName('CmafPackage.SegmentPrefix', cmaf.SegmentPrefix);
  for (const { Id, ManifestName } of manifests) {
    requireName('CmafPackage.HlsManifests[].Id', Id ?? '');
    if (ManifestName !== undefined) requireName('CmafPackage.HlsManifests[].ManifestName', ManifestName);
  }
  const windows = manifests.map((manifest) => ({ PlaylistType: 'NONE' as const, AdMarkers: 'NONE' as const, IncludeIframeOnlyStream: false, ...manifest, PlaylistWindowSeconds: manifest.PlaylistWindowSeconds ?? defaultWindowSeconds }));
  for (const { PlaylistWindowSeconds } of windows) requireLengths('CmafPackage.HlsManifests[]', segment, { PlaylistWindowSeconds });
  requireSelection('CmafPackage', cmaf.StreamSelection);
  return { ...cmaf, SegmentDurationSeconds: segment, HlsManifests: windows };
};

const requireName = (property: string, name: string): void => {
  if (!namePattern.test(name)) throw unprocessable(`${property} ${JSON.stringify(name)}: allowed are letters, digits, "-" and "_"`);
};

const requireRange = (property: string, value: number, least: number, most: number): void => {
  if (!Number.isInteger(value) || value < least || value > most) throw unprocessable(`${property} ${value}: allowed are ${least} to ${most}`);
};

/** Segments of 1 to 30 s; windows of three of them to 5 minutes. */
const requireLengths = (name: string, segment: number, windows: Readonly<Record<string, number>>): void => {
  requireRange(`${name}.SegmentDurationSeconds`, segment, 1, 30);
  for (const [property, window] of Object.entries(windows)) {
    if (window < segment * 3 || window > 300) throw unprocessable(`${name}.${property} ${window}: allowed are three segments (${segment * 3}) to 300`);
  }
};

const requireSelection = (name: string, { MinVideoBitsPerSecond: least = 0, MaxVideoBitsPerSecond: most = Infinity }: StreamSelection = {}): void => {
  if (least > most) throw unprocessable(`${name}.StreamSelection: MinVideoBitsPerSecond ${least} is above MaxVideoBitsPerSecond ${most}`);
};

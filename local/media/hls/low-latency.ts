/** A part of a segment, which is announced before the segment is complete (draft-pantos-hls-rfc8216bis, section 4.4.4.9). */
export interface PlaylistPart {
  readonly uri: string;
  readonly durationMilliseconds: number;
  /** Whether it begins with a key frame. */
  readonly isIndependent: boolean;
}

/** The segment that is being made. */
export interface OpenSegment {
  readonly parts: readonly PlaylistPart[];
  /** Wall-clock time of its first frame, in milliseconds since the epoch. */
  readonly programDateTime?: number;
  /** The initialisation section that it needs. */
  readonly map?: string;
}

/** How far another rendition is. */
export interface RenditionReport {
  readonly uri: string;
  readonly lastSegment: number;
  readonly lastPart: number;
}

/** What makes a media playlist one of Low-Latency HLS: its server answers a request for what is not there yet when it is there. */
export interface LowLatency {
  /** No part is longer. */
  readonly partTargetMilliseconds: number;
  /** How far behind the newest part players start. */
  readonly partHoldBackMilliseconds: number;
  readonly open: OpenSegment;
  /** The part that is made next; absent when nothing follows. */
  readonly nextPart?: string;
  readonly reports: readonly RenditionReport[];
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** What a player may ask of the server. */
export const serverControlLines = ({ partTargetMilliseconds, partHoldBackMilliseconds }: LowLatency): readonly string[] => [
  `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(partHoldBackMilliseconds)}`,
  `#EXT-X-PART-INF:PART-TARGET=${seconds(partTargetMilliseconds)}`,
];

/** A part, as it stands before the segment that it belongs to. */
export const partLines = ({ uri, durationMilliseconds, isIndependent }: PlaylistPart): string =>
  `#EXT-X-PART:DURATION=${seconds(durationMilliseconds)},URI="${uri}"${isIndependent ? ',INDEPENDENT=YES' : ''}`;

/** What follows the last complete segment, which was read with `map`. */
export const openSegmentLines = ({ open, nextPart, reports }: LowLatency, map: string | undefined): readonly string[] => [
  ...(open.map === undefined || open.map === map ? [] : [`#EXT-X-MAP:URI="${open.map}"`]),
  ...(open.programDateTime === undefined || open.parts.length === 0 ? [] : [`#EXT-X-PROGRAM-DATE-TIME:${new Date(open.programDateTime).toISOString()}`]),
  ...open.parts.map(partLines),
  ...(nextPart === undefined ? [] : [`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${nextPart}"`]),
  ...reports.map(({ uri, lastSegment, lastPart }) => `#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${lastSegment},LAST-PART=${lastPart}`),
];

import type { ChannelRecord } from '../records.ts';

/**
 * How media are cut, in milliseconds. IVS's own way to its players is not documented; parts of segments are those of Low-Latency HLS
 * (draft-pantos-hls-rfc8216bis), which players of others know.
 */
export const cutLengths = { segmentMilliseconds: 2000, pieceMilliseconds: 500 } as const;

/** No part is longer: with half a picture more than it should have. From ten pictures a second on. */
export const partTargetMilliseconds = cutLengths.pieceMilliseconds + 50;

/** Players start three parts behind the newest one (section 4.4.3.8). */
export const partHoldBackMilliseconds = 3 * partTargetMilliseconds;

/** Parts are listed for three target durations (section 4.4.4.9). */
export const partsListedMilliseconds = (targetMilliseconds: number): number => 3 * targetMilliseconds;

/** Whether parts of a channel's segments are announced while they are made. */
export const isLowLatency = ({ latencyMode }: Pick<ChannelRecord, 'latencyMode'>): boolean => latencyMode === 'LOW';

import { packagingOf, selectionOf, type EndpointRecord, type PackagingSettings } from '../endpoint-record.ts';
import type { PackagedRendition } from '../packaging/ingest-session.ts';
import type { IngestSession } from '../packaging/ingest-session.ts';
import type { PackagedSegment, PackagedStream } from '../packaging/packaged-stream.ts';
import { selectRenditions } from '../packaging/stream-selection.ts';
import type { OriginPath, TimeShift } from './time-shift.ts';

/** What one request sees of an endpoint: its renditions, live or from a start to an end. */
export interface EndpointView {
  readonly endpoint: EndpointRecord;
  readonly settings: PackagingSettings;
  readonly session: IngestSession;
  /** Numbered from 1 in this order. */
  readonly renditions: readonly PackagedRendition[];
  readonly now: number;
  /** From the folder of a manifest at the endpoint's top to the endpoint's own folder. */
  readonly wayUp: string;
  /** What URLs of further manifests carry. */
  readonly query: string;
  /** `live`: the window slides. `growing`: it begins at a fixed start. `ended`: nothing is ever added. */
  readonly progress: 'live' | 'growing' | 'ended';
  /** The segments that a manifest lists; `milliseconds` narrows the window of what is live. */
  segmentsOf(stream: PackagedStream, milliseconds?: number): readonly PackagedSegment[];
}

/** The view that a request has; its status when it has none. */
export const viewOf = (endpoint: EndpointRecord, session: IngestSession | undefined, { shift, wayUp, query }: OriginPath, now: number): EndpointView | 400 | 404 => {
  if (shift === 'malformed') return 400;
  if (session === undefined) return 404;
  const settings = packagingOf(endpoint);
  const base = { endpoint, settings, session, renditions: selectRenditions(session.renditions(endpoint), selectionOf(endpoint)), now, wayUp, query };
  if (shift === undefined) return { ...base, progress: 'live', segmentsOf: (stream, milliseconds) => narrowed(stream.window(now), milliseconds) };
  const stretch = stretchOf(shift, endpoint.startoverWindowSeconds * 1000, now - settings.delayMilliseconds);
  return stretch === undefined ? 404 : { ...base, progress: stretch.hasEnded ? 'ended' : 'growing', segmentsOf: (stream) => within(stream, stretch) };
};

const narrowed = (segments: readonly PackagedSegment[], milliseconds = Infinity): readonly PackagedSegment[] => {
  let from = segments.length;
  for (let covered = 0; from > 0 && covered < milliseconds; covered += segments[from]?.durationMilliseconds ?? 0) from -= 1;
  return segments.slice(from);
};

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly present: number;
  readonly hasEnded: boolean;
}

/** `undefined` for what lies outside the start-over window, or when the endpoint has none. */
const stretchOf = ({ start, end }: TimeShift, windowMilliseconds: number, present: number): Stretch | undefined => {
  const oldest = present - windowMilliseconds;
  const isOutside = windowMilliseconds === 0 || (start ?? oldest) < oldest || (start ?? oldest) > present || (end ?? present) < oldest;
  return isOutside ? undefined : { start: start ?? oldest, end: end ?? Infinity, present, hasEnded: end !== undefined && end <= present };
};

/** The segments that show any moment of the stretch. */
const within = (stream: PackagedStream, { start, end, present }: Stretch): readonly PackagedSegment[] =>
  stream.segments.filter(({ programDateTime, durationMilliseconds, completedAt }) => programDateTime + durationMilliseconds > start && programDateTime < end && completedAt <= present);

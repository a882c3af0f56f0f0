import { isIdOf } from '../shared/identifiers.ts';
import type { ViewerProtocol } from '../pricing/delivery-rates.ts';
import { geographyOfEdgeLocation } from './edge-locations.ts';
import type { DeliveryLogRow } from './delivery-log.ts';

/** The fields of a standard access log that metering needs, by their names in the log's own header. */
export const neededFields = ['date', 'time', 'x-edge-location', 'sc-bytes', 'cs-uri-stem', 'x-edge-result-type', 'cs-protocol'] as const;

type NeededField = (typeof neededFields)[number];

/** Where each field is in a line. */
export type FieldPlaces = Readonly<Record<NeededField, number>>;

/** Reads `#Fields: date time …`; undefined when a needed field is missing. */
export const fieldPlaces = (header: string): FieldPlaces | undefined => {
  const names = header.replace(/^#Fields:\s*/, '').trim().split(/\s+/);
  const place = (name: NeededField): number => names.indexOf(name);
  if (neededFields.some((name) => place(name) < 0)) return undefined;
  return {
    date: place('date'),
    time: place('time'),
    'x-edge-location': place('x-edge-location'),
    'sc-bytes': place('sc-bytes'),
    'cs-uri-stem': place('cs-uri-stem'),
    'x-edge-result-type': place('x-edge-result-type'),
    'cs-protocol': place('cs-protocol'),
  };
};

/** The breakout that a viewer's path names: `/t/<token>/<breakoutId>/…`. Null when it names none. */
const breakoutInPath = (path: string): string | null => {
  const id = /^\/t\/[^/]+\/([^/]+)\/./.exec(path)?.[1];
  return id !== undefined && isIdOf('breakout', id) ? id : null;
};

/** wss and ws are charged as https and http. */
const protocolOf = (value: string | undefined): ViewerProtocol | undefined => {
  if (value === 'https' || value === 'wss') return 'https';
  return value === 'http' || value === 'ws' ? 'http' : undefined;
};

/** One request as the log has it, or undefined when the line is none. */
export const parseLogLine = (line: string, places: FieldPlaces): DeliveryLogRow | undefined => {
  const fields = line.split('\t');
  const field = (name: NeededField): string | undefined => fields[places[name]];
  const at = Date.parse(`${field('date') ?? ''}T${field('time') ?? ''}Z`);
  const bytes = field('sc-bytes') ?? '';
  const protocol = protocolOf(field('cs-protocol'));
  if (Number.isNaN(at) || !/^\d+$/.test(bytes) || protocol === undefined) return undefined;
  return {
    minute: Math.floor(at / 60_000) * 60_000,
    breakoutId: breakoutInPath(field('cs-uri-stem') ?? ''),
    geography: geographyOfEdgeLocation(field('x-edge-location') ?? ''),
    protocol,
    result: field('x-edge-result-type') ?? '-',
    requests: 1n,
    bytes: BigInt(bytes),
  };
};

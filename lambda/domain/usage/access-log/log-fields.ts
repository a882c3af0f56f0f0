import { LogFault } from './log-fault.ts';

/** The fields of a standard access log that are read, by their names in the log's own header. */
const neededFields = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-uri-stem', 'sc-status', 'cs(User-Agent)', 'x-edge-result-type', 'cs-protocol',
] as const;

/** Where the needed fields are in a line, and how many fields a line has. */
export interface LogFields {
  readonly count: number;
  readonly date: number;
  readonly time: number;
  readonly location: number;
  readonly bytes: number;
  readonly address: number;
  readonly path: number;
  readonly status: number;
  readonly agent: number;
  readonly result: number;
  readonly protocol: number;
}

/** Standard logs have 33. */
export const mostFields = 200;

/** Reads `#Fields: date time …`. @throws LogFault when a needed field is not there */
export const logFields = (header: string): LogFields => {
  const names = header.replace(/^#Fields:\s*/, '').trim().split(/\s+/);
  const place = (name: (typeof neededFields)[number]): number => names.indexOf(name);
  if (names.length > mostFields) throw new LogFault('missing-fields', `the header has ${names.length} fields, expected up to ${mostFields}`);
  const missing = neededFields.filter((name) => place(name) < 0);
  if (missing.length > 0) throw new LogFault('missing-fields', `the header lacks ${missing.join(', ')}: expected ${neededFields.join(', ')}, in any order`);
  return {
    count: names.length,
    date: place('date'),
    time: place('time'),
    location: place('x-edge-location'),
    bytes: place('sc-bytes'),
    address: place('c-ip'),
    path: place('cs-uri-stem'),
    status: place('sc-status'),
    agent: place('cs(User-Agent)'),
    result: place('x-edge-result-type'),
    protocol: place('cs-protocol'),
  };
};

/** The only version of the format that there has been. */
const knownVersion = '1.0';

/** Checks `#Version: 1.0`. @throws LogFault when it is another one */
export const checkVersion = (directive: string): void => {
  const version = directive.replace(/^#Version:\s*/, '').trim();
  if (version !== knownVersion) throw new LogFault('format-version', `format version "${version.slice(0, 20)}" is not known, expected ${knownVersion}`);
};

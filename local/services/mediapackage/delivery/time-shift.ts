/** The stretch of a show that a viewer asks for, in milliseconds since the epoch. */
export interface TimeShift {
  readonly start?: number;
  readonly end?: number;
}

/** What an origin URL names. */
export interface OriginPath {
  readonly guid: string;
  /** Below the endpoint: `index.m3u8`, `index.ism/Manifest`. */
  readonly file: string;
  /** Absent for what is live; `malformed` when it cannot be read. */
  readonly shift?: TimeShift | 'malformed';
  /** From the folder of the file to the endpoint's own: `../../` where the path names a start. */
  readonly wayUp: string;
  /** What relative URLs of manifests must carry on: `?start=…&end=…`. */
  readonly query: string;
}

const mostMilliseconds = 24 * 3_600_000;

/** Reads `/out/v1/<guid>/index.m3u8?start=…&end=…` and `/out/v1/<guid>/start/…/end/…/index.m3u8`. `undefined` for what is no origin URL. */
export const readOriginPath = (url: string): OriginPath | undefined => {
  const [path = '', query = ''] = url.split('?', 2);
  const [, guid, rest] = /^\/out\/v1\/([0-9a-f]{32})\/(.+)$/.exec(path) ?? [];
  const file = rest === undefined ? undefined : decoded(rest);
  if (guid === undefined || file === undefined) return undefined;
  const [, startInPath, endInPath, below] = /^(?:start\/([^/]+)\/)?(?:end\/([^/]+)\/)?(.+)$/.exec(file) ?? [];
  if (startInPath !== undefined || endInPath !== undefined) {
    const wayUp = '../../'.repeat(Number(startInPath !== undefined) + Number(endInPath !== undefined));
    return { guid, file: below ?? '', shift: shiftOf(startInPath, endInPath), wayUp, query: '' };
  }
  const parameters = new URLSearchParams(query);
  const [start, end] = [parameters.get('start') ?? undefined, parameters.get('end') ?? undefined];
  if (start === undefined && end === undefined) return { guid, file, wayUp: '', query: '' };
  const kept = new URLSearchParams({ ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) });
  return { guid, file, shift: shiftOf(start, end), wayUp: '', query: `?${kept.toString()}` };
};

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

const shiftOf = (startText: string | undefined, endText: string | undefined): TimeShift | 'malformed' => {
  const [start, end] = [momentOf(startText), momentOf(endText)];
  if (start === 'malformed' || end === 'malformed') return 'malformed';
  if (start !== undefined && end !== undefined && (end <= start || end - start > mostMilliseconds)) return 'malformed';
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
};

/** ISO 8601 or seconds since the epoch. A plus sign may have become a space on the way. */
const momentOf = (text: string | undefined): number | undefined | 'malformed' => {
  if (text === undefined) return undefined;
  if (/^\d{1,11}$/.test(text)) return Number(text) * 1000;
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+ -]\d{2}:?\d{2})$/.test(text) ? Date.parse(text.replace(' ', '+')) : NaN;
  return Number.isNaN(time) ? 'malformed' : time;
};

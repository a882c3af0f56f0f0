import type { AccessRecord } from './access-record.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
const fields = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'cs(Referer)', 'cs(User-Agent)',
  'cs-uri-query', 'cs(Cookie)', 'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes', 'time-taken',
  'x-forwarded-for', 'ssl-protocol', 'ssl-cipher', 'x-edge-response-result-type', 'cs-protocol-version', 'fle-status', 'fle-encrypted-fields',
  'c-port', 'time-to-first-byte', 'x-edge-detailed-result-type', 'sc-content-type', 'sc-content-len', 'sc-range-start', 'sc-range-end',
] as const;

/** The two lines that begin every log file. */
export const accessLogHeader = `#Version: 1.0\n#Fields: ${fields.join(' ')}\n`;

// CloudFront encodes these, and everything outside printable ASCII, also where the value is encoded already.
const encoded = new Set('<>"#%{|}\\^~[]`\'');

const escape = (value: string | undefined): string => {
  if (value === undefined || value === '') return '-';
  return [...Buffer.from(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return byte <= 32 || byte >= 127 || encoded.has(character) ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}` : character;
    })
    .join('');
};

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** The record as one line of 33 tab-separated fields, without its line end. */
export const accessLogLine = (record: AccessRecord, includeCookies: boolean): string => {
  const at = new Date(record.finishedAt).toISOString();
  const { requestHeaders: headers } = record;
  const values: Record<(typeof fields)[number], string> = {
    date: at.slice(0, 10),
    time: at.slice(11, 19),
    'x-edge-location': record.edgeLocation,
    'sc-bytes': String(record.sentBytes),
    'c-ip': record.ip,
    'cs-method': record.method,
    'cs(Host)': record.distributionHost,
    'cs-uri-stem': escape(record.uri),
    'sc-status': String(record.status).padStart(3, '0'),
    'cs(Referer)': escape(headers['referer']),
    'cs(User-Agent)': escape(headers['user-agent']),
    'cs-uri-query': escape(record.query),
    'cs(Cookie)': includeCookies ? escape(headers['cookie']) : '-',
    'x-edge-result-type': record.result,
    'x-edge-request-id': record.requestId,
    'x-host-header': escape(headers['host']),
    // The listener stands for the HTTPS one with TLS left off.
    'cs-protocol': 'https',
    'cs-bytes': String(record.receivedBytes),
    'time-taken': seconds(record.takenMilliseconds),
    'x-forwarded-for': escape(headers['x-forwarded-for']),
    'ssl-protocol': 'TLSv1.3',
    'ssl-cipher': 'TLS_AES_128_GCM_SHA256',
    'x-edge-response-result-type': record.result,
    'cs-protocol-version': `HTTP/${record.httpVersion}`,
    'fle-status': '-',
    'fle-encrypted-fields': '-',
    'c-port': String(record.port),
    'time-to-first-byte': seconds(record.firstByteMilliseconds),
    'x-edge-detailed-result-type': record.detail,
    'sc-content-type': escape(record.contentType),
    'sc-content-len': record.contentLength ?? '-',
    'sc-range-start': record.range?.[0] ?? '-',
    'sc-range-end': record.range?.[1] ?? '-',
  };
  return fields.map((field) => values[field]).join('\t');
};

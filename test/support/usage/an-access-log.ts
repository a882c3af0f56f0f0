import { createHash } from 'node:crypto';
import { itemIds } from './ids.ts';

/** The two lines that begin a standard access log. */
export const accessLogHeader = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end',
];

const characters = (text: string, count: number): string => createHash('sha256').update(text).digest('base64url').slice(0, count);

/** The session of a viewer's device in tokens. */
export const aSession = (viewer: string, device = 'phone'): string => characters(viewer, 10) + characters(`${viewer} ${device}`, 6);

/** A token as it stands in a path: `session` is its 16 characters, `scope` says what it is for. */
export const aToken = ({ session = '0123456789abcdef', scope = 'v' } = {}): string => `k1.t4x9gk.${session}.${scope}.${'s'.repeat(43)}`;

/** The path of a viewer's request of a breakout. */
export const viewerPath = (breakoutId: string = itemIds.breakout, token: string = aToken()): string => `/t/${token}/${breakoutId}/out/v1/abc/index.m3u8`;

/** The path of a request of a breakout's recording. */
export const recordingPath = (breakoutId: string = itemIds.breakout, token: string = aToken({ scope: 'r' })): string =>
  `/t/${token}/${itemIds.account}/${itemIds.event}/${breakoutId}/index.m3u8`;

/** A line of 33 tab-separated fields. */
export const anAccessLogLine = ({
  date = '2026-11-23', time = '10:15:30', location = 'IAD89-P1', bytes = '1000', ip = '192.0.2.1', path = viewerPath(), status = '200', agent = 'player', result = 'Hit', protocol = 'https',
} = {}): string =>
  [
    date, time, location, bytes, ip, 'GET', 'd111.cloudfront.net', path, status, '-', agent, '-', '-', result, 'id==', 'd111.cloudfront.net', protocol,
    '200', '0.010', '-', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256', result, 'HTTP/2.0', '-', '-', '40000', '0.010', result, 'video/mp2t', '900', '-', '-',
  ].join('\t');

/** A log file's bytes, unpacked. */
export const anAccessLog = (lines: readonly string[]): Uint8Array => Buffer.from([...accessLogHeader, ...lines].map((line) => `${line}\n`).join(''));

import { itemIds } from './ids.ts';

/** The two lines that begin a standard access log. */
export const accessLogHeader = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end',
];

/** The path of a viewer's request of a breakout. */
export const viewerPath = (breakoutId: string = itemIds.breakout): string => `/t/k1.abc.0123456789abcdef.sig/${breakoutId}/out/v1/abc/index.m3u8`;

/** A line of 33 tab-separated fields. */
export const anAccessLogLine = ({
  date = '2026-11-23', time = '10:15:30', location = 'IAD89-P1', bytes = '1000', path = viewerPath(), result = 'Hit', protocol = 'https',
} = {}): string =>
  [
    date, time, location, bytes, '192.0.2.1', 'GET', 'd111.cloudfront.net', path, '200', '-', 'player', '-', '-', result, 'id==', 'd111.cloudfront.net', protocol,
    '200', '0.010', '-', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256', result, 'HTTP/2.0', '-', '-', '40000', '0.010', result, 'video/mp2t', '900', '-', '-',
  ].join('\t');

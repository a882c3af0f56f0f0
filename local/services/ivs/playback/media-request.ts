import type { StreamPlace } from '../streams/rendition-window.ts';

/** What a player asks for of a rendition. */
export interface MediaRequest {
  readonly kind: 'init' | 'part' | 'playlist' | 'segment';
  readonly viewId: string;
  readonly rendition: number;
  /** Of the segment, or of what is read before it; 0 for a playlist. */
  readonly number: number;
  /** Of the segment; 0 but for a part. */
  readonly part: number;
}

const pattern = /^\/v1\/(?:(?<list>playlist)\/(?<listView>[A-Za-z0-9]{40})\/(?<listed>\d{1,2})\.m3u8|(?<kind>segment|init|part)\/(?<view>[A-Za-z0-9]{40})\/(?<rendition>\d{1,2})\/(?<number>\d{1,9})(?:\.(?<part>\d{1,4}))?\.(?:ts|mp4))$/;

/** Reads the path of a request; `undefined` for one that is none of media. */
export const readMediaRequest = (pathname: string): MediaRequest | undefined => {
  const { list, listView, listed, kind, view, rendition, number, part } = pattern.exec(pathname)?.groups ?? {};
  if (list !== undefined) return { kind: 'playlist', viewId: listView ?? '', rendition: Number(listed), number: 0, part: 0 };
  if ((kind === 'part') !== (part !== undefined)) return undefined;
  if (kind !== 'segment' && kind !== 'init' && kind !== 'part') return undefined;
  return { kind, viewId: view ?? '', rendition: Number(rendition), number: Number(number), part: Number(part ?? 0) };
};

/** The path that {@link readMediaRequest} reads. */
export const mediaPath = ({ kind, viewId, rendition, number, part }: MediaRequest, suffix: string): string =>
  kind === 'playlist' ? `/v1/playlist/${viewId}/${rendition}.m3u8` : `/v1/${kind}/${viewId}/${rendition}/${number}${kind === 'part' ? `.${part}` : ''}.${suffix}`;

/**
 * The place that a request for a playlist waits for (draft-pantos-hls-rfc8216bis, section 6.2.5.2); `undefined` for one that waits for none.
 * A string says what is wrong.
 */
export const awaitedPlace = (query: URLSearchParams): StreamPlace | string | undefined => {
  const [segment, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  if (segment === null) return part === null ? undefined : '_HLS_part without _HLS_msn';
  const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);
  if (!isNumber(segment) || (part !== null && !isNumber(part))) return '_HLS_msn and _HLS_part must be whole numbers';
  return { segment: Number(segment), ...(part === null ? {} : { part: Number(part) }) };
};

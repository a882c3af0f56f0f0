import { open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import { playlistPath } from '../channels/describe-channel.ts';
import type { ChannelRecord, IvsRecords } from '../records.ts';
import type { StreamRendition } from '../streams/ladder.ts';
import type { LiveStream } from '../streams/live-stream.ts';
import { isLowLatency } from '../streams/low-latency.ts';
import type { RenditionWindow } from '../streams/rendition-window.ts';
import type { StreamPart, StreamSegment } from '../streams/segment.ts';
import type { StreamMetrics } from '../streams/stream-metrics.ts';
import { awaitedPlace, mediaPath, readMediaRequest, type MediaRequest } from './media-request.ts';
import { isOriginAllowed, readToken, type PlaybackGrant } from './read-token.ts';
import { untilThere } from './until-there.ts';
import type { View, Views } from './views.ts';
import { isRevoked } from './viewer-revocations.ts';

/** What players are served from. */
export interface PlaybackOptions {
  readonly records: IvsRecords;
  readonly owner: ResourceOwner;
  readonly clock: Clock;
  readonly views: Views;
  readonly metrics: StreamMetrics;
  /** Country of all viewers, whose addresses say none on this machine. */
  readonly viewerCountry: string;
  readonly live: (channelId: string) => LiveStream | undefined;
  readonly stream: (streamId: string) => LiveStream | undefined;
}

type Refused = { readonly status: 400 | 403 | 404 | 405 | 503; readonly error: string };
type Answer =
  | Refused
  | { readonly status: 200; readonly playlist: string }
  | { readonly status: 200; readonly init: Buffer }
  | { readonly status: 200; readonly media: StreamPart | StreamSegment; readonly view: View };

const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Date' };
const notFound: Refused = { status: 404, error: 'Can not find channel' };
/** As players were told: https://github.com/aws-samples/amazon-ivs-player-web-sample/issues/65. AWS documents neither codes nor words. */
const codeOf = { 400: 'invalid_request', 403: 'invalid_playback_auth_token', 404: 'not_found', 405: 'method_not_allowed', 503: 'not_available' } as const;
const fragmentType = 'video/mp4';
const bandwidthOfCopy = 4_000_000;
const overhead = 1.1;
/** How far ahead of the newest segment a player may ask (draft-pantos-hls-rfc8216bis, section 6.2.5.2). */
const mostSegmentsAhead = 2;

/** Serves playlists, segments and their parts to players. */
export class PlaybackHandler {
  readonly #options: PlaybackOptions;
  readonly #usedOnce = new Set<string>();

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const address = new URL(request.url ?? '', 'http://player');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    request.resume();
    const answer: Answer = isRead ? await this.#answer(address, request.headers.origin, gone.signal) : { status: 405, error: 'only GET and HEAD are served' };
    if (answer.status !== 200) {
      // The address without what follows it, where a token may stand.
      const refusal = { url: address.pathname, error: answer.error, error_code: codeOf[answer.status], type: 'error' };
      response.writeHead(answer.status, { ...crossOrigin, 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify([refusal]));
      return;
    }
    if ('playlist' in answer) {
      response.writeHead(200, { ...crossOrigin, 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' }).end(request.method === 'HEAD' ? undefined : answer.playlist);
      return;
    }
    if ('init' in answer) {
      response.writeHead(200, { ...crossOrigin, 'content-type': fragmentType, 'content-length': answer.init.length, 'cache-control': 'max-age=60' }).end(request.method === 'HEAD' ? undefined : answer.init);
      return;
    }
    await this.#send(answer, request.method === 'HEAD', response);
  }

  async #answer({ pathname, searchParams }: URL, origin: string | undefined, gone: AbortSignal): Promise<Answer> {
    const [, id] = /^\/api\/video\/v1\/.*\.channel\.([A-Za-z0-9]+)\.m3u8$/.exec(pathname) ?? [];
    if (id !== undefined) {
      const channel = this.#options.records.channels.get(id);
      return channel === undefined || pathname !== playlistPath(id, this.#options) ? notFound : this.#open(channel, searchParams.get('token') ?? '', origin);
    }
    const request = readMediaRequest(pathname);
    const view = request && this.#options.views.find(request.viewId);
    const stream = view && this.#options.stream(view.streamId);
    const window = request && view?.renditions.includes(request.rendition) === true ? stream?.windows[request.rendition] : undefined;
    if (request === undefined || view === undefined || stream === undefined || window === undefined) return this.#refusalOf(view, origin) ?? notFound;
    // Who may not play does not wait, and who was put out while he waited has nothing.
    return this.#refusalOf(view, origin) ?? (await this.#unavailable(request, searchParams, { stream, window, gone })) ?? this.#refusalOf(view, origin) ?? media(request, { view, stream, window });
  }

  #refusalOf(view: View | undefined, origin: string | undefined): Refused | undefined {
    if (view === undefined) return undefined;
    if (isRevoked(this.#options.records, view)) return { status: 403, error: 'the viewer session is revoked' };
    return isOriginAllowed(view.strictOrigin, origin, true) ? undefined : { status: 403, error: 'this origin may not play the stream' };
  }

  /** Waits for what is announced and not there yet, where the channel is one of low latency. */
  async #unavailable({ kind, number, part }: MediaRequest, query: URLSearchParams, { stream, window, gone }: Watched & { readonly gone: AbortSignal }): Promise<Refused | undefined> {
    if (!isLowLatency(stream.channel) || (kind !== 'playlist' && kind !== 'part')) return undefined;
    const place = kind === 'part' ? { segment: number, part } : awaitedPlace(query);
    if (place === undefined) return undefined;
    if (typeof place === 'string') return { status: 400, error: place };
    const { edge } = window;
    if (place.segment > edge.segment + mostSegmentsAhead) return { status: 400, error: `segment ${place.segment} is too far ahead: the newest is ${edge.segment}` };
    // The one that is announced is waited for, and no other.
    if (kind === 'part' && place.segment > edge.segment + 1) return undefined;
    return (await untilThere(window, place, this.#options.clock, gone)) ? undefined : { status: 503, error: 'the stream gives no media' };
  }

  #open(channel: ChannelRecord, token: string, origin: string | undefined): Answer {
    const { records, owner, clock, live, views } = this.#options;
    const grant: PlaybackGrant | { readonly refusal: string } = channel.authorized
      ? readToken(records, token, { channelId: channel.id, channelArn: arnOf(owner, 'channel', channel.id), now: clock.now() })
      : { channelId: channel.id, version: 0, isStrict: false };
    if ('refusal' in grant) return { status: 403, error: grant.refusal };
    const { singleUse, origins, isStrict, mostLines = Infinity, ...viewer } = grant;
    if (!isOriginAllowed(origins, origin, isStrict)) return { status: 403, error: 'this origin may not play the stream' };
    if (singleUse !== undefined && this.#usedOnce.has(singleUse)) return { status: 403, error: 'the token was used already' };
    const stream = live(channel.id);
    if (stream === undefined) return notFound;
    if (singleUse !== undefined) this.#usedOnce.add(singleUse);
    const playable = upTo(stream.renditions, mostLines);
    const view = views.open({ ...viewer, streamId: stream.id, renditions: playable, ...(isStrict && origins !== undefined ? { strictOrigin: origins } : {}) });
    return { status: 200, playlist: multivariantOf(stream.renditions, playable, view) };
  }

  async #send({ media: { file, durationMilliseconds, ...place }, view }: Extract<Answer, { readonly media: unknown }>, isHead: boolean, response: ServerResponse): Promise<void> {
    const { views, metrics, viewerCountry } = this.#options;
    const { offset, length } = 'length' in place ? place : { offset: 0, length: (await stat(file)).size };
    const bytes = isHead ? undefined : await readRange(file, offset, length);
    response.writeHead(200, { ...crossOrigin, 'content-type': file.endsWith('.ts') ? 'video/MP2T' : fragmentType, 'content-length': length, 'cache-control': 'max-age=60' });
    // Handed over in one piece: who closes the connection with the last byte has had it all.
    response.end(bytes);
    if (bytes === undefined) return;
    await finished(response);
    views.watched(view);
    metrics.delivered(view.channelId, viewerCountry, durationMilliseconds / 1000);
  }
}

/** @throws Error where the file has become shorter, or is gone */
const readRange = async (path: string, offset: number, length: number): Promise<Buffer> => {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new Error(`${path} has ${bytesRead} of ${length} bytes from ${offset} on`);
    return bytes;
  } finally {
    await file.close();
  }
};

interface Watched {
  readonly stream: LiveStream;
  readonly window: RenditionWindow;
}

const media = (request: MediaRequest, watched: Watched & { readonly view: View }): Answer => {
  const { view, window } = watched;
  if (request.kind === 'playlist') return { status: 200, playlist: playlistOf(request, watched) };
  if (request.kind === 'init') {
    const init = window.init(request.number);
    return init === undefined ? notFound : { status: 200, init };
  }
  const found = request.kind === 'part' ? window.part(request.number, request.part) : window.segment(request.number);
  return found === undefined ? notFound : { status: 200, media: found, view };
};

const playlistOf = (request: MediaRequest, { view, stream: { channel, windows }, window }: Watched & { readonly view: View }): string => {
  const suffix = channel.containerFormat === 'FRAGMENTED_MP4' ? 'mp4' : 'ts';
  const addresses = {
    segment: (number: number) => mediaPath({ ...request, kind: 'segment', number }, suffix),
    part: (number: number, part: number) => mediaPath({ ...request, kind: 'part', number, part }, suffix),
    init: (number: number) => mediaPath({ ...request, kind: 'init', number }, 'mp4'),
  };
  const reports = view.renditions.flatMap((rendition) => {
    const edge = rendition === request.rendition ? undefined : windows[rendition]?.edge;
    return edge === undefined ? [] : [{ uri: mediaPath({ ...request, rendition }, suffix), lastSegment: edge.segment, lastPart: edge.part }];
  });
  return window.playlist(addresses, isLowLatency(channel) ? reports : undefined);
};

/** The places of the renditions that have so many lines at most; of the smallest one where that leaves none. */
const upTo = (renditions: readonly StreamRendition[], mostLines: number): readonly number[] => {
  const fitting = renditions.flatMap(({ heightPixels }, place) => (heightPixels <= mostLines ? [place] : []));
  return fitting.length > 0 ? fitting : [renditions.length - 1];
};

const multivariantOf = (renditions: readonly StreamRendition[], playable: readonly number[], viewId: string): string =>
  writeMultivariantPlaylist(renditions.flatMap((rendition, place) => {
    const { widthPixels, heightPixels, framesPerSecond, videoBitsPerSecond = bandwidthOfCopy, audioBitsPerSecond = 0 } = rendition;
    const uri = mediaPath({ kind: 'playlist', viewId, rendition: place, number: 0, part: 0 }, 'm3u8');
    return playable.includes(place) ? [{ uri, bandwidth: Math.round((videoBitsPerSecond + audioBitsPerSecond) * overhead), widthPixels, heightPixels, framesPerSecond }] : [];
  }));

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import { playlistPath } from '../channels/describe-channel.ts';
import type { ChannelRecord, IvsRecords } from '../records.ts';
import type { StreamRendition } from '../streams/ladder.ts';
import type { LiveStream } from '../streams/live-stream.ts';
import type { RenditionWindow } from '../streams/rendition-window.ts';
import type { StreamMetrics } from '../streams/stream-metrics.ts';
import { isOriginAllowed, readToken, type PlaybackGrant } from './read-token.ts';
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

type Answer =
  | { readonly status: 403 | 404 | 405; readonly error: string }
  | { readonly status: 200; readonly playlist: string }
  | { readonly status: 200; readonly init: Buffer }
  | { readonly status: 200; readonly file: string; readonly seconds: number; readonly view: View };

const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Date' };
const notFound: Answer = { status: 404, error: 'Can not find channel' };
/** As players were told: https://github.com/aws-samples/amazon-ivs-player-web-sample/issues/65. AWS documents neither codes nor words. */
const codeOf = { 403: 'invalid_playback_auth_token', 404: 'not_found', 405: 'method_not_allowed' } as const;
const fragmentType = 'video/mp4';
const bandwidthOfCopy = 4_000_000;
const overhead = 1.1;

/** Serves playlists and segments to players. */
export class PlaybackHandler {
  readonly #options: PlaybackOptions;
  readonly #usedOnce = new Set<string>();

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const address = new URL(request.url ?? '', 'http://player');
    const answer: Answer = isRead ? this.#answer(address, request.headers.origin) : { status: 405, error: 'only GET and HEAD are served' };
    request.resume();
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

  #answer({ pathname, searchParams }: URL, origin: string | undefined): Answer {
    const [, id] = /^\/api\/video\/v1\/.*\.channel\.([A-Za-z0-9]+)\.m3u8$/.exec(pathname) ?? [];
    if (id !== undefined) {
      const channel = this.#options.records.channels.get(id);
      return channel === undefined || pathname !== playlistPath(id, this.#options) ? notFound : this.#open(channel, searchParams.get('token') ?? '', origin);
    }
    const [, kind, viewId = '', rendition = '', number] = /^\/v1\/(playlist|segment|init)\/([A-Za-z0-9]{40})\/(\d{1,2})(?:\/(\d{1,9})\.(?:ts|mp4)|\.m3u8)$/.exec(pathname) ?? [];
    const view = this.#options.views.find(viewId);
    if (kind === undefined || view === undefined) return notFound;
    if (isRevoked(this.#options.records, view)) return { status: 403, error: 'the viewer session is revoked' };
    if (!isOriginAllowed(view.strictOrigin, origin, true)) return { status: 403, error: 'this origin may not play the stream' };
    const window = this.#options.stream(view.streamId)?.windows[Number(rendition)];
    if (window === undefined) return notFound;
    if (kind === 'playlist') return this.#playlist(view, viewId, Number(rendition), window);
    return kind === 'init' ? initIn(window, Number(number)) : segmentIn(view, window, Number(number));
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
    const view = views.open({ ...viewer, streamId: stream.id, ...(isStrict && origins !== undefined ? { strictOrigin: origins } : {}) });
    return { status: 200, playlist: multivariantOf(stream.renditions, mostLines, (index) => `/v1/playlist/${view}/${index}.m3u8`) };
  }

  #playlist({ streamId }: View, viewId: string, rendition: number, window: RenditionWindow): Answer {
    const stream = this.#options.stream(streamId);
    const suffix = stream?.channel.containerFormat === 'FRAGMENTED_MP4' ? 'mp4' : 'ts';
    const addressOf = (kind: string, extension: string) => (number: number) => `/v1/${kind}/${viewId}/${rendition}/${number}.${extension}`;
    return { status: 200, playlist: window.playlist(addressOf('segment', suffix), addressOf('init', 'mp4'), stream?.state === 'ENDED') };
  }

  async #send({ file, seconds, view }: Extract<Answer, { readonly file: string }>, isHead: boolean, response: ServerResponse): Promise<void> {
    const { views, metrics, viewerCountry } = this.#options;
    const { size } = await stat(file);
    response.writeHead(200, { ...crossOrigin, 'content-type': file.endsWith('.ts') ? 'video/MP2T' : fragmentType, 'content-length': size, 'cache-control': 'max-age=60' });
    if (isHead) {
      response.end();
      return;
    }
    await pipeline(createReadStream(file), response);
    views.watched(view);
    metrics.delivered(view.channelId, viewerCountry, seconds);
  }
}

const segmentIn = (view: View, window: RenditionWindow, number: number): Answer => {
  const segment = window.segment(number);
  return segment === undefined ? notFound : { status: 200, file: segment.file, seconds: segment.durationMilliseconds / 1000, view };
};

const initIn = (window: RenditionWindow, number: number): Answer => {
  const init = window.init(number);
  return init === undefined ? notFound : { status: 200, init };
};

/** Where a limit leaves nothing, the smallest rendition is left. */
const multivariantOf = (renditions: readonly StreamRendition[], mostLines: number, uri: (index: number) => string): string => {
  const fitting = renditions.filter(({ heightPixels }) => heightPixels <= mostLines);
  const chosen = fitting.length > 0 ? fitting : renditions.slice(-1);
  return writeMultivariantPlaylist(chosen.map((rendition) => {
    const { widthPixels, heightPixels, framesPerSecond, videoBitsPerSecond = bandwidthOfCopy, audioBitsPerSecond = 0 } = rendition;
    return { uri: uri(renditions.indexOf(rendition)), bandwidth: Math.round((videoBitsPerSecond + audioBitsPerSecond) * overhead), widthPixels, heightPixels, framesPerSecond };
  }));
};

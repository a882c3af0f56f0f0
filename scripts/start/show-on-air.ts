import { breakoutBodySchema } from '../../lambda/contract/api/breakouts.ts';
import type { Platform } from '../../local/platform/platform.ts';
import type { PlayerServer } from '../../local/player/player-server.ts';
import type { Progress } from '../demo/progress.ts';
import { ApiProblem, type RestClient } from '../demo/rest-client.ts';
import { waitUntil } from '../demo/wait-until.ts';
import type { ShowOnAir } from './start-first-show.ts';

/** What was started, as far as it is told. */
export interface Started {
  readonly platform: Pick<Platform, 'apiUrl' | 'gatewayUrl' | 'issuerUrl' | 'rtmpPort' | 'logFile'> & {
    readonly operator: { readonly credentials: { readonly accessKeyId: string } };
    readonly stage: Pick<Platform['stage'], 'userPoolId' | 'webClientId'>;
  };
  readonly player: Pick<PlayerServer, 'pageFor'>;
  readonly token: string;
  /** Whose token it is. */
  readonly subject: string;
  readonly show: Pick<ShowOnAir, 'breakoutId' | 'ingest' | 'playback'> | undefined;
}

const rows = (pairs: readonly (readonly [string, string])[]): string => pairs.map(([name, value]) => `  ${name.padEnd(16)}${value}`).join('\n');

const endpoints = ({ platform, player, token, show }: Started): string =>
  rows([
    ['API', platform.apiUrl],
    ['token', token],
    // A camera has a server of its own, which is told with its key.
    ...(show?.playback.kind === 'CAM' ? [] : [['RTMP', `rtmp://127.0.0.1:${platform.rtmpPort}`] as const]),
    ['player', player.pageFor('').replace(/\?.*$/, '')],
    ['AWS endpoints', `${platform.gatewayUrl}  (access key and secret: ${platform.operator.credentials.accessKeyId})`],
    ['log', platform.logFile],
  ]);

const newToken = ({ platform: { issuerUrl, stage } }: Started, subject: string): string => `
Tokens last an hour. A new one:
  curl ${issuerUrl}/local/sign-in -d '${JSON.stringify({ poolId: stage.userPoolId, clientId: stage.webClientId, subject, username: subject })}'
`;

const obsSettings = ({ input, server, streamKey, url }: ShowOnAir['ingest'][number]): string =>
  rows([[input, server === undefined || streamKey === undefined ? url : `server ${server}   stream key ${streamKey}`]]);

/** One encode to every input, as a careful venue sends it: over two lines. */
const testCardCommand = (ingest: ShowOnAir['ingest']): string => {
  const outputs = ingest.map(({ url, protocol }) => `[f=${protocol === 'RTP' ? 'rtp_mpegts' : 'flv'}:onfail=ignore]${url}`).join('|');
  return `  ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=frequency=1000 \\
    -map 0:v -map 1:a -c:v libx264 -preset veryfast -g 60 -pix_fmt yuv420p -flags +global_header -c:a aac -ar 48000 \\
    -f tee '${outputs}'`;
};

/** What becomes of the show when an encoder leaves. */
const afterLoss = ({ length }: ShowOnAir['ingest']): string => (length > 1 ? 'when one input is lost, the other goes on' : 'when it is lost, it comes back with the same key');

/** IVS looks at a token when playback begins, and gives it ten minutes at most; others are good for hours. */
const goodUntil = ({ kind, expiresAt }: ShowOnAir['playback'], playbackUrl: string): string =>
  kind === 'PRO' ? '' : `  once the encoder streams, begin before ${expiresAt}; another URL:\n  curl -X POST -H "Authorization: Bearer $TOKEN" ${playbackUrl}\n`;

const onAir = ({ player, platform }: Started, show: NonNullable<Started['show']>): string => `
A show is on air. Feed it (OBS: Settings > Stream > Custom); ${afterLoss(show.ingest)}:
${show.ingest.map(obsSettings).join('\n')}

or with ffmpeg:
${testCardCommand(show.ingest)}

Watch it:
${rows(show.playback.endpoints.map(({ format, url }) => [format, player.pageFor(url)]))}
${goodUntil(show.playback, `${platform.apiUrl}/breakouts/${show.breakoutId}/playback`)}
Stop it, and ask what it used and cost (TOKEN is the token above):
  curl -X POST -H "Authorization: Bearer $TOKEN" ${platform.apiUrl}/breakouts/${show.breakoutId}/stop
  curl -H "Authorization: Bearer $TOKEN" ${platform.apiUrl}/breakouts/${show.breakoutId}/usage
  curl -H "Authorization: Bearer $TOKEN" ${platform.apiUrl}/breakouts/${show.breakoutId}/recordings

See how it is, and what happened: …/breakouts/${show.breakoutId}/health and …/log
`;

/** What somebody needs to use a platform that has just started. */
export const describeShow = (started: Started): string => `\nVisionStream runs on this machine.\n\n${endpoints(started)}\n${newToken(started, started.subject)}${started.show ? onAir(started, started.show) : ''}\nCtrl-C stops it.`;

/** Stops a show that is still on air and waits until its channel is idle, so that nothing of it is lost. */
export const stopRunningShow = async (producer: RestClient, breakoutId: string, progress: Progress): Promise<void> => {
  const read = async () => breakoutBodySchema.parse(await producer.get(`/breakouts/${breakoutId}`));
  const { status } = await read();
  if (status !== 'STARTING' && status !== 'RUNNING') return;
  progress.step('stopping the show that is on air');
  await producer.post(`/breakouts/${breakoutId}/stop`).catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error;
  });
  await waitUntil({ what: 'the end of the show', timeoutSeconds: 60, signal: new AbortController().signal }, async () => {
    const { status: now } = await read();
    return now === 'COMPLETED' || now === 'FAILED' ? true : undefined;
  });
};

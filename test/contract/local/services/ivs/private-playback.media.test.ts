import { DeletePlaybackKeyPairCommand, GetStreamCommand, ImportPlaybackKeyPairCommand, StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { isTransportStream } from '../../../../../local/media/mpegts/transport-packet.ts';
import { createCamChannel, type CamChannel } from '../../../../support/ivs/cam-channel.ts';
import { startIvsStage, type IvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { forgedToken, playbackKeys, playbackToken } from '../../../../support/ivs/playback-tokens.ts';
import { playlistsIn } from '../../../../support/media/published-streams.ts';
import { pushTestCard, type TestCard } from '../../../../support/media/test-card.ts';
import { until } from '../../../../support/until.ts';

const keys = playbackKeys();
let stage: IvsStage;
let channel: CamChannel;
let encoder: TestCard;
let keyPairArn: string;

beforeAll(async () => {
  stage = await startIvsStage();
  keyPairArn = (await stage.ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: keys.publicKeyMaterial }))).keyPair!.arn!;
  channel = await createCamChannel(stage, { type: 'STANDARD', authorized: true });
  encoder = pushTestCard(channel.ingestUrl, 120, { size: '320x482' });
  await until('a live stream', async () => stage.ivs.send(new GetStreamCommand({ channelArn: channel.arn })).then(() => true, () => false));
});

afterAll(async () => {
  encoder.stop();
  await stage.close();
});

const claims = (more: Readonly<Record<string, unknown>> = {}) => ({ 'aws:channel-arn': channel.arn, ...more });
const urlWith = (token: string): string => `${channel.playbackUrl}?token=${token}`;
const statusWith = async (token: Promise<string> | string, headers: Record<string, string> = {}): Promise<number> => (await fetch(urlWith(await token), { headers })).status;
const tampered = async (): Promise<string> => {
  const [header, payload, signature] = (await playbackToken(keys, claims())).split('.');
  return [header, Buffer.from(Buffer.from(payload!, 'base64url').toString().replace('exp":', 'exp":9')).toString('base64url'), signature].join('.');
};

/** Reads a segment, and hangs up with its last byte. */
const readOnce = (url: URL): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      let missing = Number(response.headers['content-length']);
      response.on('data', (bytes: Buffer) => {
        missing -= bytes.length;
        if (missing === 0) request.destroy();
      });
    });
    request.once('close', resolve).once('error', reject);
  });

describe('playback of a private channel', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['another pair\'s token', () => playbackToken(playbackKeys(), claims())],
    ['a token for another channel', () => playbackToken(keys, claims({ 'aws:channel-arn': `${channel.arn}x` }))],
    ['a token that has expired', () => playbackToken(keys, claims(), -1)],
    ['a token that was changed', tampered],
    ['a token with the public key as a password', () => forgedToken(keys, 'HS256', claims())],
    ['a token without a signature', () => forgedToken(keys, 'none', claims())],
    ['a viewer\'s token for more than ten minutes', () => playbackToken(keys, claims({ 'aws:viewer-id': 'bko_1' }), 700)],
    ['a viewer id that is too long', () => playbackToken(keys, claims({ 'aws:viewer-id': 'b'.repeat(41) }))],
    ['a token of more than two kilobytes', () => playbackToken(keys, claims({ padding: 'x'.repeat(2000) }))],
  ])('rejects %s', async (_, token) => {
    const refused = await fetch(urlWith(await token()));

    expect(refused.status).toBe(403);
    // The address is told without what follows it: no answer repeats a token.
    expect(await refused.json()).toEqual([{ url: new URL(channel.playbackUrl).pathname, error: expect.any(String), error_code: 'invalid_playback_auth_token', type: 'error' }]);
  });

  it('plays with a token, also after the token has expired', async () => {
    const url = urlWith(await playbackToken(keys, claims({ 'aws:viewer-id': 'bko_long' }), 1));
    const [playlist] = await playlistsIn(url);
    await until('the token to expire', async () => (await fetch(url)).status === 403);

    const text = await (await fetch(playlist!)).text();
    const segment = await fetch(new URL(text.split('\n').find((line) => line.startsWith('/v1/segment'))!, playlist));

    expect(segment.status).toBe(200);
    expect((await segment.arrayBuffer()).byteLength % 188).toBe(0);
    await until('the view to count', async () => (await stage.ivs.send(new GetStreamCommand({ channelArn: channel.arn }))).stream!.viewerCount! > 0);
  });

  it('counts what was delivered to who closes the connection with the last byte', async () => {
    const [playlist] = await playlistsIn(urlWith(await playbackToken(keys, claims())));
    const segment = (await (await fetch(playlist!)).text()).split('\n').find((line) => line.startsWith('/v1/segment'))!;
    const delivered = () => stage.sum('LiveDeliveredTime', { Channel: channel.id });
    const before = delivered();

    for (let time = 0; time < 40; time += 1) await readOnce(new URL(segment, playlist));

    expect(delivered() - before).toBeCloseTo(40 * 2, 0);
  });

  it('stops for revoked versions, and for no others', async () => {
    const token = (version: number) => playbackToken(keys, claims({ 'aws:viewer-id': 'bko_2', 'aws:viewer-session-version': version }));
    const [old, young] = await Promise.all([1, 2].map(async (version) => (await playlistsIn(urlWith(await token(version))))[0]!));

    await stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: channel.arn, viewerId: 'bko_2', viewerSessionVersionsLessThanOrEqualTo: 1 }));

    expect((await fetch(old!)).status).toBe(403);
    expect((await fetch(young!)).status).toBe(200);
    expect(await Promise.all([1, 2].map((version) => statusWith(token(version))))).toEqual([403, 200]);
  });

  it('announces parts of segments, and answers who asks for the next one when it is there', async () => {
    const [playlist] = await playlistsIn(urlWith(await playbackToken(keys, claims({ 'aws:viewer-id': 'bko_parts' }))));
    const next = (text: string): string => /#EXT-X-PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(text)![1]!;
    const read = async (path: string) => fetch(new URL(path, playlist));
    const announced = next(await (await read('')).text());
    const [, segment, part] = /(\d+)\.(\d+)\.ts$/.exec(announced)!;
    const reloaded = await (await read(`?_HLS_msn=${segment}&_HLS_part=${part}`)).text();
    const bytes = Buffer.from(await (await read(announced)).arrayBuffer());
    const again = next(reloaded);
    const awaited = Buffer.from(await (await read(again)).arrayBuffer());

    expect(reloaded).toContain(`URI="${announced}"`);
    expect(again).not.toBe(announced);
    expect([bytes, awaited].map(isTransportStream)).toEqual([true, true]);
    expect(await Promise.all([`?_HLS_msn=${Number(segment) + 100}`, '?_HLS_part=1', '?_HLS_msn=x'].map(async (query) => (await read(query)).status))).toEqual([400, 400, 400]);
    expect((await read(announced.replace(/\d+\.\d+\.ts$/, '999999.0.ts'))).status).toBe(400);
  });

  it('gives nothing to who is put out while he waits', async () => {
    const [playlist] = await playlistsIn(urlWith(await playbackToken(keys, claims({ 'aws:viewer-id': 'bko_waiting', 'aws:viewer-session-version': 1 }))));
    const text = await (await fetch(playlist!)).text();
    const newest = Number(/#EXT-X-PRELOAD-HINT:TYPE=PART,URI="[^"]+\/(\d+)\.\d+\.ts"/.exec(text)![1]);

    const waiting = fetch(new URL(`?_HLS_msn=${newest + 1}`, playlist));
    await stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: channel.arn, viewerId: 'bko_waiting', viewerSessionVersionsLessThanOrEqualTo: 1 }));

    expect((await waiting).status).toBe(403);
  });

  it('takes a token for one use once', async () => {
    const token = await playbackToken(keys, claims({ 'aws:single-use-uuid': randomUUID() }));

    expect([await statusWith(token), await statusWith(token)]).toEqual([200, 403]);
  });

  it('asks browsers for their origin, and everyone where it is enforced', async () => {
    const origins = { 'aws:access-control-allow-origin': 'https://show.example, https://*.example.com' };
    const lenient = await playbackToken(keys, claims(origins));
    const strict = await playbackToken(keys, claims({ ...origins, 'aws:strict-origin-enforcement': true }));
    const from = (origin: string) => ({ origin });

    expect([await statusWith(lenient), await statusWith(lenient, from('https://show.example')), await statusWith(lenient, from('https://a.example.com')), await statusWith(lenient, from('https://other.example'))]).toEqual([200, 200, 200, 403]);
    expect([await statusWith(strict), await statusWith(strict, from('https://show.example'))]).toEqual([403, 200]);
  });

  it('lists renditions up to the largest that a token allows', async () => {
    const all = await playlistsIn(urlWith(await playbackToken(keys, claims())));
    const text = await (await fetch(urlWith(await playbackToken(keys, claims({ 'aws:maximum-resolution': 'SD' }))))).text();
    const hidden = text.split('\n').find((line) => line.startsWith('/v1/playlist'))!.replace(/\d+\.m3u8$/, '0.m3u8');

    expect(all).toHaveLength(4);
    expect(text.match(/RESOLUTION=\d+x\d+/g)!.map((resolution) => resolution.split('x')[1])).toEqual(['480', '360', '160']);
    expect((await fetch(new URL(hidden, channel.playbackUrl))).status).toBe(404);
  });

  it('ends with the key pair', async () => {
    const token = await playbackToken(keys, claims());

    await stage.ivs.send(new DeletePlaybackKeyPairCommand({ arn: keyPairArn }));

    expect(await statusWith(token)).toBe(403);
  });
});

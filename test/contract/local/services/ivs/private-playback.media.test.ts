import { DeletePlaybackKeyPairCommand, GetStreamCommand, ImportPlaybackKeyPairCommand, StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import { randomUUID } from 'node:crypto';
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
  encoder = pushTestCard(channel.ingestUrl, 120, { size: '852x480' });
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

  it('stops for revoked versions, and for no others', async () => {
    const token = (version: number) => playbackToken(keys, claims({ 'aws:viewer-id': 'bko_2', 'aws:viewer-session-version': version }));
    const [old, young] = await Promise.all([1, 2].map(async (version) => (await playlistsIn(urlWith(await token(version))))[0]!));

    await stage.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: channel.arn, viewerId: 'bko_2', viewerSessionVersionsLessThanOrEqualTo: 1 }));

    expect((await fetch(old!)).status).toBe(403);
    expect((await fetch(young!)).status).toBe(200);
    expect(await Promise.all([1, 2].map((version) => statusWith(token(version))))).toEqual([403, 200]);
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

    expect(all).toHaveLength(3);
    expect(text.match(/RESOLUTION=\d+x\d+/g)).toEqual(['RESOLUTION=852x480', 'RESOLUTION=640x360', 'RESOLUTION=284x160']);
  });

  it('ends with the key pair', async () => {
    const token = await playbackToken(keys, claims());

    await stage.ivs.send(new DeletePlaybackKeyPairCommand({ arn: keyPairArn }));

    expect(await statusWith(token)).toBe(403);
  });
});

import fc from 'fast-check';
import { recordingFunction, recordingFunctionText, recordingKey, recordingToken } from '../../support/edge/recording-function.ts';

const now = 1_795_000_000;
const ids = { account: 'acc_01JD0000000000000000000000', event: 'evt_01JD0000000000000000000000', breakout: 'bko_01JD0000000000000000000000' };
const other = 'bko_01JD0000000000000000000001';
const folder = `/${ids.account}/${ids.event}/${ids.breakout}`;
const entries = { 'key.k1': recordingKey };
const token = recordingToken({ expiresAt: now + 600, subject: ids.breakout });
const ask = recordingFunction(entries, now);

describe('the function of recordings', () => {
  it.each(['/hls/show.m3u8', '/hls/show_480p_00001.ts', '/mp4/show-recording.mp4', '/part-2/hls/show.m3u8'])('strips the token of %s', async (file) => {
    expect(await ask(`/t/${token}${folder}${file}`)).toMatchObject({ uri: `${folder}${file}`, querystring: {} });
  });

  it('passes the name of a download on, and no other query', async () => {
    const disposition = { value: 'attachment%3B%20filename%3D%22Opening.mp4%22' };

    expect((await ask(`/t/${token}${folder}/mp4/a.mp4`, { 'response-content-disposition': disposition, acl: { value: '' } })).querystring).toEqual({ 'response-content-disposition': disposition });
    expect((await ask(`/t/${token}${folder}/mp4/a.mp4`, { 'response-content-disposition': { value: 'inline%0d%0aSet-Cookie:a' } })).querystring).toEqual({});
  });

  it.each([
    ['an expired token', recordingToken({ expiresAt: now, subject: ids.breakout }), 'token expired'],
    ['another breakout\'s', recordingToken({ expiresAt: now + 600, subject: other }), 'bad token'],
    ['a viewer\'s of the show', recordingToken({ expiresAt: now + 600, subject: ids.breakout, scope: 'v' }), 'bad token'],
    ['one that is signed with another key', recordingToken({ expiresAt: now + 600, subject: ids.breakout, key: 'x'.repeat(64) }), 'bad token'],
    ['one of a key that is no more', recordingToken({ expiresAt: now + 600, subject: ids.breakout, keyId: 'k0' }), 'bad token'],
    ['none', 'none', 'bad token'],
  ])('refuses %s', async (_what, wrong, why) => {
    expect(await ask(`/t/${wrong}${folder}/hls/show.m3u8`)).toMatchObject({ statusCode: 403, body: { data: why } });
  });

  it('refuses a session that was revoked', async () => {
    const revoked = recordingFunction({ ...entries, 'rev.AbCdEfGhIjKlMn_-': String(now + 600) }, now);

    expect(await revoked(`/t/${token}${folder}/hls/show.m3u8`)).toMatchObject({ statusCode: 403, body: { data: 'token revoked' } });
  });

  it.each(['/', folder, `${folder}/hls/show.m3u8`, `/t/${token}${folder}`, `/t/${token}${folder}/`, `/t/${token}${folder}/..%2f${other}/a`, `/t/${token}${folder}/../${other}/a`, `/t/${token}${folder}/hls//a`, `/t/${token}${folder}/.hidden`, `/c${folder}/a`])('answers 404 to %s', async (uri) => {
    expect(await ask(uri)).toMatchObject({ statusCode: 404 });
  });

  it("strips what names a folder of the service's own, with a token of that folder alone", async () => {
    const placed = 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/KlMnop3Q4rst';
    const next = 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/14/0/KlMnop3Q4rsu';
    const ofFolder = recordingToken({ expiresAt: now + 600, subject: `${ids.breakout}/${placed}` });

    expect(await ask(`/t/${ofFolder}${folder}/${placed}/media/hls/720p30/0.ts`)).toMatchObject({ uri: `/${placed}/media/hls/720p30/0.ts` });
    for (const [wrong, path] of [[ofFolder, next], [token, placed], [ofFolder, `${placed}/../KlMnop3Q4rsu`]] as const) expect([403, 404]).toContain((await ask(`/t/${wrong}${folder}/${path}/media/hls/master.m3u8`)).statusCode);
    expect((await ask(`/t/${ofFolder}/${ids.account}/${ids.event}/${other}/${placed}/media/hls/master.m3u8`)).statusCode).toBe(403);
    expect((await ask(`/t/${ofFolder}${folder}/hls/show.m3u8`)).statusCode).toBe(403);
  });

  it('serves what a channel recorded within minutes, with a token of them, and nothing before or after', async () => {
    const channel = 'ivs/v1/123456789012/AbCdef1G2hij';
    const minute = Date.parse('2026-11-23T10:05:00Z') / 60_000;
    const span = `${minute}-${minute + 20}`;
    const ofSpan = recordingToken({ expiresAt: now + 600, subject: `${ids.breakout}/${span}/${channel}` });
    const asked = (time: string, over = span, by = ofSpan) => ask(`/t/${by}${folder}/${over}/${channel}/${time}/KlMnop3Q4rst/media/hls/720p30/0.ts`);

    expect(await asked('2026/11/23/10/5')).toMatchObject({ uri: `/${channel}/2026/11/23/10/5/KlMnop3Q4rst/media/hls/720p30/0.ts` });
    expect(await asked('2026/11/23/10/25')).toMatchObject({ uri: `/${channel}/2026/11/23/10/25/KlMnop3Q4rst/media/hls/720p30/0.ts` });
    expect(await asked('2026/11/23/10/4')).toMatchObject({ statusCode: 404 });
    expect(await asked('2026/11/23/10/26')).toMatchObject({ statusCode: 404 });
    expect(await asked('2026/11/23/10/26', `${minute}-${minute + 60}`)).toMatchObject({ statusCode: 403 });
    expect(await asked('2026/11/23/10/5', span, token)).toMatchObject({ statusCode: 403 });
  });

  it('lets browsers ask', async () => {
    expect(await ask(`/t/${token}${folder}/hls/show.m3u8`, {}, 'OPTIONS')).toMatchObject({ statusCode: 204 });
  });

  it('serves nothing but this breakout\'s files, whatever is asked', async () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '//', '\\', 'hls', ids.account, ids.event, ids.breakout, other, token, 't', ''), fc.string({ maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 9 }), fc.boolean(), async (pieces, isBelow) => {
        const { uri, statusCode } = await ask(`/t/${token}${isBelow ? folder : ''}/${pieces.join('/')}`);

        if (statusCode === undefined) expect(uri).toMatch(new RegExp(`^/acc_[0-9A-Z]{26}/evt_[0-9A-Z]{26}/${ids.breakout}(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){1,3}$`));
        else expect([403, 404]).toContain(statusCode);
      }),
    );
  });

  it('fits into what CloudFront takes', () => {
    expect(Buffer.byteLength(recordingFunctionText)).toBeLessThan(10_240);
  });
});

import { createPlayback, type CreatePlaybackCommand } from '../../../../lambda/domain/playback/create-playback.ts';
import { createPreview } from '../../../../lambda/domain/playback/create-preview.ts';
import { revokePlayback, type RevokePlaybackCommand } from '../../../../lambda/domain/playback/revoke-playback.ts';
import { bookedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';
import { memoryCamViewers } from '../../../support/shows/memory-cam-viewers.ts';
import { memoryDevices, memoryRevocations } from '../../../support/shows/memory-edge.ts';
import { memorySessions, memoryTokens } from '../../../support/shows/memory-viewers.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const box = async (world: ShowWorld = showWorld(), setCookie?: readonly string[]) => {
  const { tokens, grants } = memoryTokens(world.deps.now);
  const { revocations, revoked } = memoryRevocations();
  const deps = {
    ...world.deps,
    ...memoryCamViewers(),
    tokens,
    revocations,
    devices: memoryDevices(),
    sessions: memorySessions(),
    cookies: { issue: async () => setCookie, clear: () => (setCookie === undefined ? [] : ['cleared']) },
    packager: { path: async (endpointId: string) => `/out/v1/${endpointId}/cmaf/index.m3u8` },
    paths: { withToken: (token: string, breakoutId: string) => `t/${token}/${breakoutId}`, withCookies: (breakoutId: string) => `c/${breakoutId}` },
    tokenSeconds: 3600,
    longestTokenSeconds: 21_600,
    previewSeconds: 600,
    devicesPerViewer: 2,
  };
  const { breakoutId } = await bookedShow(world);
  const ask = (change: Partial<CreatePlaybackCommand> = {}) => createPlayback(deps)({ caller: aCaller(), breakoutId, ...change });
  const revoke = (change: Partial<RevokePlaybackCommand>) => revokePlayback(deps)({ caller: aCaller(), breakoutId, ...change });
  return { world, deps, grants, revoked, breakoutId, ask, revoke };
};

describe("a viewer's access", () => {
  it('is one URL a format that ends with the token', async () => {
    const { breakoutId, ask, grants } = await box();
    const session = 'acc_mineandev001';

    expect(await ask({ viewerId: 'anna' })).toEqual({
      kind: 'PRO',
      breakoutId,
      session,
      renewWith: `${breakoutId}/token0`,
      expiresAt: '2026-11-23T10:55:00.000Z',
      endpoints: [{ format: 'HLS', url: `https://d111.cloudfront.net/t/token0/${breakoutId}/out/v1/abc/index.m3u8` }],
    });
    expect(grants).toEqual([{ purpose: 'viewer', subject: breakoutId, expiresAt: Date.parse('2026-11-23T10:55:00Z') / 1000, session }]);
  });

  it('is by cookies as well where there is a domain for them', async () => {
    const { breakoutId, ask } = await box(showWorld(), ['one', 'two']);

    expect((await ask()).cookies).toEqual({ setCookie: ['one', 'two'], endpoints: [{ format: 'HLS', url: `https://d111.cloudfront.net/c/${breakoutId}/out/v1/abc/index.m3u8` }] });
  });

  it('asks the packager where a CMAF manifest is', async () => {
    const [hls] = aPipeline().packaging.endpoints;
    const { path: _path, ...cmaf } = { ...hls!, format: 'CMAF' as const, endpointId: 'main-cmaf' };
    const { ask, breakoutId } = await box(showWorld([aPipeline({ packaging: { channelId: 'main', endpoints: [hls!, cmaf] } })]));

    const { endpoints } = await ask();

    expect(endpoints.map(({ format, url }) => [format, url.split(breakoutId)[1]])).toEqual([
      ['HLS', '/out/v1/abc/index.m3u8'],
      ['CMAF', '/out/v1/main-cmaf/cmaf/index.m3u8'],
    ]);
  });

  it('keeps its session when it is renewed, at its own binding', async () => {
    const { world, ask } = await box();
    const boundTo = { ip: '203.0.113.7' };
    const first = await ask({ viewerId: 'anna', boundTo });
    world.setTime('2026-11-23T10:30:00.000Z');

    const second = await ask({ viewerId: 'anna', boundTo, renewWith: first.renewWith });

    expect([second.session, second.expiresAt]).toEqual([first.session, '2026-11-23T11:30:00.000Z']);
    await expect(ask({ viewerId: 'anna', renewWith: first.renewWith })).rejects.toMatchObject({ code: 'session-over' });
  });

  it('goes with a named viewer to another breakout, and not with an anonymous one', async () => {
    const { world, ask } = await box();
    const { breakoutId } = await bookedShow(world, { startsAt: '2026-11-23T14:00:00.000Z', endsAt: '2026-11-23T15:00:00.000Z' });
    const [named, anonymous] = [await ask({ viewerId: 'anna' }), await ask()];

    expect((await ask({ breakoutId, viewerId: 'anna', renewWith: named.renewWith })).session).toBe(named.session);
    await expect(ask({ breakoutId, renewWith: anonymous.renewWith })).rejects.toMatchObject({ code: 'session-over' });
  });

  it.each([
    ['another viewer', { viewerId: 'bert' }, 'session-over'],
    ['what is no renewal', { viewerId: 'anna', renewWith: 'token0' }, 'invalid-renewal'],
    ['a token that is not ours', { viewerId: 'anna', renewWith: 'bko_1/token9' }, 'session-over'],
  ])('rejects a renewal for %s', async (_, change, code) => {
    const { ask } = await box();
    const { renewWith } = await ask({ viewerId: 'anna' });

    await expect(ask({ renewWith, ...change })).rejects.toMatchObject({ code });
  });

  it('rejects a renewal that comes too late', async () => {
    const { world, ask } = await box();
    const { renewWith } = await ask();
    world.setTime('2026-11-23T10:55:00.000Z');

    await expect(ask({ renewWith })).rejects.toMatchObject({ code: 'session-over' });
  });

  it("rejects another account's show", async () => {
    await expect((await box()).ask({ caller: aCaller({ accountId: 'acc_other' }) })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe("a viewer's devices", () => {
  it('are at most the limit: a new one revokes the oldest', async () => {
    const { ask, revoked } = await box();
    const [first, second] = [await ask({ viewerId: 'anna' }), await ask({ viewerId: 'anna' })];

    await ask({ viewerId: 'bert' });
    expect(revoked.size).toBe(0);
    await ask({ viewerId: 'anna' });

    expect([...revoked]).toEqual([[first.session, Date.parse('2026-11-23T10:55:00Z') / 1000]]);
    await expect(ask({ viewerId: 'anna', renewWith: first.renewWith })).rejects.toMatchObject({ code: 'session-over' });
    expect((await ask({ viewerId: 'anna', renewWith: second.renewWith })).session).toBe(second.session);
  });

  it('are as many as the limit when they come at once', async () => {
    const { ask, revoked } = await box();

    const all = await Promise.all(Array.from({ length: 6 }, () => ask({ viewerId: 'anna' })));

    expect(all.filter(({ session }) => !revoked.has(session))).toHaveLength(2);
  });

  it('make room when their access has expired', async () => {
    const { world, ask, revoked } = await box();
    await ask({ viewerId: 'anna' });
    await ask({ viewerId: 'anna' });
    world.setTime('2026-11-23T10:55:01.000Z');

    await ask({ viewerId: 'anna' });

    expect(revoked.size).toBe(0);
  });
});

describe('taking access away', () => {
  it('revokes a named viewer on all devices, and clears cookies', async () => {
    const { breakoutId, ask, revoke, revoked } = await box(showWorld(), ['one']);
    const sessions = [(await ask({ viewerId: 'anna' })).session, (await ask({ viewerId: 'anna' })).session];

    expect(await revoke({ viewerId: 'anna' })).toEqual({ breakoutId, revokedSessions: sessions, clearCookies: ['cleared'] });
    expect([...revoked.keys()]).toEqual(sessions);
    expect((await revoke({ viewerId: 'anna' })).revokedSessions).toEqual([]);
  });

  it('revokes one device of a named viewer', async () => {
    const { ask, revoke } = await box();
    const [first, second] = [await ask({ viewerId: 'anna' }), await ask({ viewerId: 'anna' })];

    expect((await revoke({ viewerId: 'anna', session: second.session })).revokedSessions).toEqual([second.session]);
    expect((await ask({ viewerId: 'anna', renewWith: first.renewWith })).session).toBe(first.session);
  });

  it('revokes an anonymous viewer by a token, for longer than any later one is good', async () => {
    const { ask, revoke, revoked, grants } = await box();
    const { renewWith, session } = await ask();

    await revoke({ renewWith });

    expect(revoked.get(session)).toBeGreaterThan(grants[0]!.expiresAt);
    await expect(ask({ renewWith })).rejects.toMatchObject({ code: 'session-over' });
  });

  it("rejects another account's show and another breakout's token", async () => {
    const { world, ask, revoke } = await box();
    const { breakoutId } = await bookedShow(world, { startsAt: '2026-11-23T14:00:00.000Z', endsAt: '2026-11-23T15:00:00.000Z' });
    const { renewWith } = await ask();

    await expect(revoke({ viewerId: 'anna', caller: aCaller({ accountId: 'acc_other' }) })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(revoke({ breakoutId, renewWith })).rejects.toMatchObject({ code: 'other-breakout' });
  });
});

describe('a preview', () => {
  it('is a short look that is no viewer', async () => {
    const { deps, breakoutId, grants } = await box();

    const preview = await createPreview(deps)(aCaller(), breakoutId);

    expect(preview).toMatchObject({ breakoutId, expiresAt: '2026-11-23T10:05:00.000Z', endpoints: [{ url: `https://d111.cloudfront.net/t/token0/${breakoutId}/out/v1/abc/index.m3u8` }] });
    expect(grants).toMatchObject([{ purpose: 'preview', subject: breakoutId }]);
  });

  it('cannot be renewed as a viewer', async () => {
    const { deps, breakoutId, ask } = await box();
    await createPreview(deps)(aCaller(), breakoutId);

    await expect(ask({ renewWith: `${breakoutId}/token0` })).rejects.toMatchObject({ code: 'session-over' });
  });
});

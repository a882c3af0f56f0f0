import fc from 'fast-check';
import type { Breakout } from '../../../../lambda/domain/breakouts/breakout.ts';
import { putOutAttendees } from '../../../../lambda/domain/playback/cam/cam-access.ts';
import { createPlayback, type CreatePlaybackCommand } from '../../../../lambda/domain/playback/create-playback.ts';
import { createPreview } from '../../../../lambda/domain/playback/create-preview.ts';
import type { Curtain } from '../../../../lambda/domain/playback/curtain.ts';
import { drawCurtain } from '../../../../lambda/domain/playback/draw-curtain.ts';
import { revokePlayback } from '../../../../lambda/domain/playback/revoke-playback.ts';
import { revokePreviews } from '../../../../lambda/domain/playback/revoke-previews.ts';
import { closeEdge, limitEdge } from '../../../../lambda/domain/playback/serve-show.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';
import { memoryCamViewers } from '../../../support/shows/memory-cam-viewers.ts';
import { memoryDevices, memoryEdge, memoryRevocations } from '../../../support/shows/memory-edge.ts';
import { memorySessions, memoryTokens } from '../../../support/shows/memory-viewers.ts';
import { aStoppedBreakout } from '../../../support/usage/a-show.ts';

const running = (change: Partial<Breakout> = {}): Breakout => {
  const { stoppedAt: _stoppedAt, tailEndsAt: _tailEndsAt, ...breakout } = aStoppedBreakout({ pipelineId: 'pl_cam', status: 'RUNNING', ...change });
  return breakout;
};

const box = (breakout = running(), pipeline = aCamPipeline()) => {
  let kept = breakout;
  const now = () => Date.parse('2026-11-23T10:00:00Z');
  const viewers = memoryCamViewers();
  const { revocations } = memoryRevocations();
  const deps = {
    ...viewers,
    ...memoryTokens(now),
    breakouts: {
      get: async () => kept,
      save: async (next: Breakout) => {
        if (next.revision !== kept.revision + 1) return false;
        kept = next;
        return true;
      },
    },
    pipelines: { get: async () => pipeline },
    edge: memoryEdge().edge,
    revocations,
    devices: memoryDevices(),
    sessions: memorySessions(),
    cookies: { issue: async () => undefined, clear: () => [] },
    packager: { path: async () => '' },
    paths: { withToken: () => '', withCookies: () => '' },
    tokenSeconds: 3_600,
    longestTokenSeconds: 21_600,
    previewSeconds: 300,
    devicesPerViewer: 2,
    now,
  };
  const asked = { caller: aCaller({ accountId: breakout.accountId }), breakoutId: breakout.breakoutId };
  return {
    deps, viewers, asked,
    set: (change: Partial<Breakout>) => void (kept = { ...kept, ...change }),
    ask: (change: Partial<CreatePlaybackCommand> = {}) => createPlayback(deps)({ ...asked, ...change }),
    preview: () => createPreview(deps)(asked.caller, asked.breakoutId),
    endPreviews: () => revokePreviews(deps)(asked.caller, asked.breakoutId),
    draw: (curtain: Curtain) => drawCurtain(deps)({ ...asked, curtain }),
    close: (attempt = 1) => closeEdge(deps)({ breakoutId: asked.breakoutId, attempt }),
  };
};

describe('access to a show on a Cam pipeline', () => {
  it("is the channel's HLS with a token of nearly ten minutes, and a renewal that lasts longer", async () => {
    const { ask, viewers, deps, asked } = box();

    const answer = await ask({ viewerId: 'anna' });

    expect(answer).toMatchObject({ kind: 'CAM', breakoutId: asked.breakoutId, expiresAt: '2026-11-23T10:09:50.000Z', endpoints: [{ format: 'HLS', url: `${aCamPipeline().channel.playbackUrl}?token=cam0` }] });
    expect(viewers.grants).toEqual([{ channelArn: aCamPipeline().channel.channelArn, viewerId: asked.breakoutId, version: 1, expiresAt: Date.parse('2026-11-23T10:09:50Z') / 1000 }]);
    expect(deps.grants[0]).toMatchObject({ purpose: 'viewer', expiresAt: Date.parse('2026-11-23T11:00:00Z') / 1000 });
    expect((await ask({ viewerId: 'anna', renewWith: answer.renewWith })).session).toBe(answer.session);
  });

  it('has no token on a public channel', async () => {
    const { ask, draw } = box(running(), aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } }));

    expect((await ask()).endpoints).toEqual([{ format: 'HLS', url: aCamPipeline().channel.playbackUrl }]);
    await expect(draw('DOWN')).rejects.toMatchObject({ code: 'playback-is-public' });
  });

  it('asks IVS to end no tokens of a public channel, which has none', async () => {
    const { deps, close, viewers } = box(running({ curtain: 'DOWN', curtainFalls: 1 }), aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } }));

    await putOutAttendees(deps, await deps.pipelines.get(), await deps.breakouts.get());
    await close();

    expect([...viewers.revoked]).toEqual([]);
  });

  it.each(['SCHEDULED', 'STARTING', 'STOPPING'] as const)('is refused while the show is %s, for the token would open the next one', async (status) => {
    const { ask, preview } = box(running({ status }));

    await expect(ask()).rejects.toMatchObject({ name: 'Conflict', code: 'show-not-on' });
    await expect(preview()).rejects.toMatchObject({ code: 'show-not-on' });
  });

  it('rejects a binding, and putting out one viewer', async () => {
    const { ask, deps, asked } = box();

    await expect(ask({ boundTo: { country: 'DE' } })).rejects.toMatchObject({ name: 'InvalidInput', code: 'not-on-cam', fields: [{ field: '/boundTo' }] });
    await expect(revokePlayback(deps)({ ...asked, viewerId: 'anna' })).rejects.toMatchObject({ name: 'Conflict', code: 'viewer-not-revocable' });
  });
});

describe('the curtain of a show on a Cam pipeline', () => {
  it('puts all attendees out when it falls, and leaves who looks behind it', async () => {
    const { ask, preview, draw, viewers } = box();
    const [attendee, producer] = [await ask(), await preview()];

    await draw('DOWN');

    expect([attendee, producer].map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, true]);
    await expect(ask()).rejects.toMatchObject({ name: 'Conflict', code: 'curtain-down' });
    expect(viewers.isGood((await preview()).endpoints[0]!.url)).toBe(true);
  });

  it('lets them in again when it rises, with tokens of their own', async () => {
    const { ask, draw, viewers } = box();
    const before = await ask();
    await draw('DOWN');
    await draw('UP');

    const after = await ask();

    expect([before, after].map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, true]);
  });

  it('ends every token when the show gives its channel back, and none of the next attempt', async () => {
    const { ask, preview, close, set, deps, asked, viewers } = box();
    const given = [await ask(), await preview()];

    await limitEdge(deps)({ breakoutId: asked.breakoutId, attempt: 1 });
    await close();
    set({ attempt: 2 });
    const again = await ask();

    expect(given.map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, false]);
    expect(viewers.isGood(again.endpoints[0]!.url)).toBe(true);
  });

  it('leaves the tokens of a later attempt alone when an earlier leg gives its channel back late', async () => {
    const { ask, close, set, deps, asked, viewers } = box();
    const earlier = await ask();
    const { pipelineId } = await deps.breakouts.get();
    set({ attempt: 2, earlierLegs: [{ attempt: 1, pipelineId, startRequestedAt: '2026-11-23T09:00:00.000Z', leftAt: '2026-11-23T09:30:00.000Z' }] });
    const later = await ask();
    await close(1);

    expect([earlier, later].map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, true]);
    expect(viewers.revoked.get(`${aCamPipeline().channel.channelArn} ${asked.breakoutId}`)).toBe(1);
  });

  it('shows to no attendee what is hidden, whatever is drawn and asked in which order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('UP', 'DOWN', 'ask', 'RESTART'), { maxLength: 30 }), async (steps) => {
        const { ask, draw, close, set, viewers } = box();
        const urls: string[] = [];
        let [curtain, attempt]: [Curtain, number] = ['UP', 1];
        const good = (): number => urls.filter(viewers.isGood).length;
        let sinceRise = 0;
        for (const step of steps) {
          if (step === 'ask') {
            const given = await ask().catch(() => undefined);
            expect(given === undefined).toBe(curtain === 'DOWN');
            if (given) sinceRise += urls.push(given.endpoints[0]!.url) > 0 ? 1 : 0;
          } else if (step === 'RESTART') {
            await close(attempt);
            attempt += 1;
            set({ attempt });
            sinceRise = 0;
          } else {
            if (step === 'DOWN') sinceRise = 0;
            curtain = step;
            await draw(step);
          }
          expect(good()).toBe(sinceRise);
        }
      }),
    );
  });
});

describe('previews of a show on a Cam pipeline', () => {
  const goodOf = (viewers: ReturnType<typeof memoryCamViewers>, given: readonly { readonly endpoints: readonly { readonly url: string }[] }[]) => given.map(({ endpoints }) => viewers.isGood(endpoints[0]!.url));

  it('are ended all at once, and attendees go on', async () => {
    const { ask, preview, endPreviews, viewers } = box();
    const given = [await ask(), await preview(), await preview()];

    const revoked = await endPreviews();
    const after = await preview();

    expect(goodOf(viewers, [...given, after])).toEqual([true, false, false, true]);
    expect(revoked).toMatchObject({ previewRevocations: 1, revision: running().revision + 1 });
    expect(revoked).not.toHaveProperty('curtainFalls');
  });

  it('are ended as often as it is asked, behind the curtain as well', async () => {
    const { preview, draw, endPreviews, viewers } = box();
    await draw('DOWN');
    const first = await preview();
    await endPreviews();
    const second = await preview();
    await endPreviews();
    const third = await preview();

    expect(goodOf(viewers, [first, second, third])).toEqual([false, false, true]);
  });

  it('are ended on a channel that the show has left, too, until its tail ends', async () => {
    const [left, present] = [aCamPipeline(), aCamPipeline({ pipelineId: 'pl_spare', channel: { ...aCamPipeline().channel, channelArn: 'arn:aws:ivs:us-east-1:123456789012:channel/spare' } })];
    const { deps, preview, endPreviews, set, viewers } = box(running(), left);
    const before = await preview();
    set({ pipelineId: 'pl_spare', attempt: 2, startRequestedAt: '2026-11-23T10:00:00.000Z', earlierLegs: [{ attempt: 1, pipelineId: 'pl_cam', startRequestedAt: '2026-11-23T09:55:00.000Z', leftAt: '2026-11-23T10:00:00.000Z' }] });
    Object.assign(deps.pipelines, { get: async (pipelineId = 'pl_cam') => (pipelineId === 'pl_spare' ? present : left) });
    const since = await preview();

    await endPreviews();

    expect(goodOf(viewers, [before, since, await preview()])).toEqual([false, false, true]);
  });

  it('end with the show, however often they were ended before, and leave the next attempt alone', async () => {
    const { preview, endPreviews, close, set, viewers } = box();
    await endPreviews();
    const given = await preview();
    await close();
    set({ attempt: 2 });

    expect(goodOf(viewers, [given, await preview()])).toEqual([false, true]);
  });

  it('are counted before IVS is told, so that a call that fails is repeated', async () => {
    const { deps, asked, preview, endPreviews, viewers } = box();
    const given = await preview();
    const camViewers = { revoke: async () => Promise.reject(new UnavailableError({ code: 'ivs-unavailable', message: 'IVS cannot answer now' })) };

    await expect(revokePreviews({ ...deps, camViewers })(asked.caller, asked.breakoutId)).rejects.toMatchObject({ name: 'Unavailable' });
    await endPreviews();

    expect(goodOf(viewers, [given, await preview()])).toEqual([false, true]);
  });

  it('rejects a show that is over, a public channel, and a Pro pipeline, whose previews end by themselves', async () => {
    const open = aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } });
    const onPro = box(running({ pipelineId: 'pl_main' }));

    await expect(box(running({ status: 'COMPLETED' })).endPreviews()).rejects.toMatchObject({ code: 'breakout-over' });
    await expect(box(running(), open).endPreviews()).rejects.toMatchObject({ code: 'playback-is-public' });
    await expect(revokePreviews({ ...onPro.deps, pipelines: { get: async () => aPipeline() } })(onPro.asked.caller, onPro.asked.breakoutId)).rejects.toMatchObject({ name: 'Conflict', code: 'preview-not-revocable', message: expect.stringContaining('expiresAt') as string });
  });
});

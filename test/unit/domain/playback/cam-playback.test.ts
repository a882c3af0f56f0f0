import fc from 'fast-check';
import { putOutAttendees } from '../../../../lambda/domain/playback/cam/cam-access.ts';
import type { Curtain } from '../../../../lambda/domain/playback/curtain.ts';
import { revokePlayback } from '../../../../lambda/domain/playback/revoke-playback.ts';
import { limitEdge } from '../../../../lambda/domain/playback/serve-show.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aRunningCamShow, camBoxOffice } from '../../../support/shows/cam-box-office.ts';

describe('access to a show on a Cam pipeline', () => {
  it("is the channel's HLS with a token of nearly ten minutes, and a renewal that lasts longer", async () => {
    const { ask, viewers, deps, asked } = camBoxOffice();

    const answer = await ask({ viewerId: 'anna' });

    expect(answer).toMatchObject({ kind: 'CAM', breakoutId: asked.breakoutId, expiresAt: '2026-11-23T10:09:50.000Z', endpoints: [{ format: 'HLS', url: `${aCamPipeline().channel.playbackUrl}?token=cam0` }] });
    expect(viewers.grants).toEqual([{ channelArn: aCamPipeline().channel.channelArn, viewerId: asked.breakoutId, version: 1, expiresAt: Date.parse('2026-11-23T10:09:50Z') / 1000 }]);
    expect(deps.grants[0]).toMatchObject({ purpose: 'viewer', expiresAt: Date.parse('2026-11-23T11:00:00Z') / 1000 });
    expect((await ask({ viewerId: 'anna', renewWith: answer.renewWith })).session).toBe(answer.session);
  });

  it('has no token on a public channel', async () => {
    const { ask, draw } = camBoxOffice(aRunningCamShow(), aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } }));

    expect((await ask()).endpoints).toEqual([{ format: 'HLS', url: aCamPipeline().channel.playbackUrl }]);
    await expect(draw('DOWN')).rejects.toMatchObject({ code: 'playback-is-public' });
  });

  it('asks IVS to end no tokens of a public channel, which has none', async () => {
    const { deps, close, viewers } = camBoxOffice(aRunningCamShow({ curtain: 'DOWN', curtainFalls: 1 }), aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } }));

    await putOutAttendees(deps, await deps.pipelines.get(), await deps.breakouts.get());
    await close();

    expect([...viewers.revoked]).toEqual([]);
  });

  it.each(['SCHEDULED', 'STARTING', 'STOPPING'] as const)('is refused while the show is %s, for the token would open the next one', async (status) => {
    const { ask, preview } = camBoxOffice(aRunningCamShow({ status }));

    await expect(ask()).rejects.toMatchObject({ name: 'Conflict', code: 'show-not-on' });
    await expect(preview()).rejects.toMatchObject({ code: 'show-not-on' });
  });

  it('rejects a binding, and putting out one viewer', async () => {
    const { ask, deps, asked } = camBoxOffice();

    await expect(ask({ boundTo: { country: 'DE' } })).rejects.toMatchObject({ name: 'InvalidInput', code: 'not-on-cam', fields: [{ field: '/boundTo' }] });
    await expect(revokePlayback(deps)({ ...asked, viewerId: 'anna' })).rejects.toMatchObject({ name: 'Conflict', code: 'viewer-not-revocable' });
  });
});

describe('the curtain of a show on a Cam pipeline', () => {
  it('puts all attendees out when it falls, and leaves who looks behind it', async () => {
    const { ask, preview, draw, viewers } = camBoxOffice();
    const [attendee, producer] = [await ask(), await preview()];

    await draw('DOWN');

    expect([attendee, producer].map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, true]);
    await expect(ask()).rejects.toMatchObject({ name: 'Conflict', code: 'curtain-down' });
    expect(viewers.isGood((await preview()).endpoints[0]!.url)).toBe(true);
  });

  it('lets them in again when it rises, with tokens of their own', async () => {
    const { ask, draw, viewers } = camBoxOffice();
    const before = await ask();
    await draw('DOWN');
    await draw('UP');

    const after = await ask();

    expect([before, after].map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, true]);
  });

  it('ends every token when the show gives its channel back, and none of the next attempt', async () => {
    const { ask, preview, close, set, deps, asked, viewers } = camBoxOffice();
    const given = [await ask(), await preview()];

    await limitEdge(deps)({ breakoutId: asked.breakoutId, attempt: 1 });
    await close();
    set({ attempt: 2 });
    const again = await ask();

    expect(given.map(({ endpoints }) => viewers.isGood(endpoints[0]!.url))).toEqual([false, false]);
    expect(viewers.isGood(again.endpoints[0]!.url)).toBe(true);
  });

  it('leaves the tokens of a later attempt alone when an earlier leg gives its channel back late', async () => {
    const { ask, close, set, deps, asked, viewers } = camBoxOffice();
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
        const { ask, draw, close, set, viewers } = camBoxOffice();
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

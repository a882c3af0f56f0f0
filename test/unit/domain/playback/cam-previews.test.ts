import { revokePreviews } from '../../../../lambda/domain/playback/revoke-previews.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aPipeline } from '../../../support/shows/a-plan.ts';
import { aRunningCamShow, camBoxOffice } from '../../../support/shows/cam-box-office.ts';
import type { memoryCamViewers } from '../../../support/shows/memory-cam-viewers.ts';

describe('previews of a show on a Cam pipeline', () => {
  const goodOf = (viewers: ReturnType<typeof memoryCamViewers>, given: readonly { readonly endpoints: readonly { readonly url: string }[] }[]) => given.map(({ endpoints }) => viewers.isGood(endpoints[0]!.url));

  it('are ended all at once, and attendees go on', async () => {
    const { ask, preview, endPreviews, viewers } = camBoxOffice();
    const given = [await ask(), await preview(), await preview()];

    const revoked = await endPreviews();
    const after = await preview();

    expect(goodOf(viewers, [...given, after])).toEqual([true, false, false, true]);
    expect(revoked).toMatchObject({ previewRevocations: 1, revision: aRunningCamShow().revision + 1 });
    expect(revoked).not.toHaveProperty('curtainFalls');
  });

  it('are ended as often as it is asked, behind the curtain as well', async () => {
    const { preview, draw, endPreviews, viewers } = camBoxOffice();
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
    const { deps, preview, endPreviews, set, viewers } = camBoxOffice(aRunningCamShow(), left);
    const before = await preview();
    set({ pipelineId: 'pl_spare', attempt: 2, startRequestedAt: '2026-11-23T10:00:00.000Z', earlierLegs: [{ attempt: 1, pipelineId: 'pl_cam', startRequestedAt: '2026-11-23T09:55:00.000Z', leftAt: '2026-11-23T10:00:00.000Z' }] });
    Object.assign(deps.pipelines, { get: async (pipelineId = 'pl_cam') => (pipelineId === 'pl_spare' ? present : left) });
    const since = await preview();

    await endPreviews();

    expect(goodOf(viewers, [before, since, await preview()])).toEqual([false, false, true]);
  });

  it('end with the show, however often they were ended before, and leave the next attempt alone', async () => {
    const { preview, endPreviews, close, set, viewers } = camBoxOffice();
    await endPreviews();
    const given = await preview();
    await close();
    set({ attempt: 2 });

    expect(goodOf(viewers, [given, await preview()])).toEqual([false, true]);
  });

  it('are counted before IVS is told, so that a call that fails is repeated', async () => {
    const { deps, asked, preview, endPreviews, viewers } = camBoxOffice();
    const given = await preview();
    const camViewers = { revoke: async () => Promise.reject(new UnavailableError({ code: 'ivs-unavailable', message: 'IVS cannot answer now' })) };

    await expect(revokePreviews({ ...deps, camViewers })(asked.caller, asked.breakoutId)).rejects.toMatchObject({ name: 'Unavailable' });
    await endPreviews();

    expect(goodOf(viewers, [given, await preview()])).toEqual([false, true]);
  });

  it('rejects a show that is over, a public channel, and a Pro pipeline, whose previews end by themselves', async () => {
    const open = aCamPipeline({ channel: { ...aCamPipeline().channel, isPrivate: false } });
    const onPro = camBoxOffice(aRunningCamShow({ pipelineId: 'pl_main' }));

    await expect(camBoxOffice(aRunningCamShow({ status: 'COMPLETED' })).endPreviews()).rejects.toMatchObject({ code: 'breakout-over' });
    await expect(camBoxOffice(aRunningCamShow(), open).endPreviews()).rejects.toMatchObject({ code: 'playback-is-public' });
    await expect(revokePreviews({ ...onPro.deps, pipelines: { get: async () => aPipeline() } })(onPro.asked.caller, onPro.asked.breakoutId)).rejects.toMatchObject({ name: 'Conflict', code: 'preview-not-revocable', message: expect.stringContaining('expiresAt') as string });
  });
});

import { prepareChannel } from '../../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { endFailedShow } from '../../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { releasePipeline } from '../../../../../lambda/domain/breakouts/show/mark-show.ts';
import { applySources, restoreSources } from '../../../../../lambda/domain/breakouts/show/sources.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { bookedShow, startedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { showWorld } from '../../../../support/shows/show-world.ts';

const started = async () => {
  const world = showWorld();
  const { breakoutId } = await startedShow(world);
  return { world, show: { breakoutId, attempt: 1 } };
};

describe('who may push to a show', () => {
  const declared = async (...sources: string[]) => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world, { sources });
    await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
    return { world, show: { breakoutId, attempt: 1 } };
  };

  it("is its declared sources in place of the pipeline's own, until it ends", async () => {
    const { world, show } = await declared('203.0.113.7/32', '192.0.2.0/24');

    await prepareChannel(world.deps)(show);
    expect(world.groups.get('77')).toEqual(['203.0.113.7/32', '192.0.2.0/24']);
    expect(await applySources(world.deps)(show)).toBe(false);
    await restoreSources(world.deps)(show);
    await restoreSources(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['198.51.100.0/24']);
    expect(world.log.kept.map(({ type, name }) => `${type} ${name}`)).toEqual(['SHOW START_REQUESTED', 'SOURCES APPLIED', 'SOURCES REMOVED']);
  });

  it('is put right again after a deploy in between', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    await prepareChannel(world.deps)(show);
    world.groups.set('77', ['198.51.100.0/24']);

    expect(await applySources(world.deps)(show)).toBe(true);
    expect(world.groups.get('77')).toEqual(['203.0.113.7/32']);
  });

  it("is the pipeline's own where it declares none, whatever was left behind", async () => {
    const { world, show } = await started();
    world.groups.set('77', ['203.0.113.7/32']);

    await prepareChannel(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['198.51.100.0/24']);
  });

  it('is left alone by a show that has the pipeline no more, or has ended', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    await endFailedShow(world.deps)(show, { code: 'channel-failed', message: 'x' });
    expect(await applySources(world.deps)(show)).toBe(false);
    await releasePipeline(world.deps)(show);
    world.groups.set('77', ['192.0.2.1/32']);

    await restoreSources(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['192.0.2.1/32']);
  });

  it('fails while the group does not read back as it was set', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    const sources = { allowed: async () => ['198.51.100.0/24'], allow: async () => undefined };

    await expect(prepareChannel({ ...world.deps, sources })(show)).rejects.toMatchObject({ name: 'Unavailable', code: 'sources-not-applied' });
  });
});

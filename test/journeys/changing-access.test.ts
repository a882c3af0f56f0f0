import { setTimeout as sleep } from 'node:timers/promises';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { run, sdkEnvironment } from '../support/journeys/programs.ts';
import { answerOnce, playbackUrlOf } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const tokenSeconds = 60;

/** Given a show on air whose pipeline nobody has used. */
describe('who may watch while keys change', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let show: ShowOnAir;

  const urlOf = (): Promise<string> => playbackUrlOf(harbour.viewer, show.breakoutId);
  const answerTo = async (url: string): Promise<{ readonly status: number; readonly text: string }> => {
    const response = await fetch(url);
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    stage = await openStage({ pipelines: [aShortTail('pl_one'), aShortTail('pl_two')], delivery: { viewerTokenSeconds: tokenSeconds, previewTokenSeconds: tokenSeconds }, recordings: { tokenSeconds } });
    harbour = await anAccount(stage);
    show = await aShowOnAir(harbour, 'pl_one', { height: 240 });
    const url = await urlOf();
    await answerOnce('the show at the edge', 30, async () => ((await fetch(url)).ok ? true : undefined));
  });

  afterAll(async () => {
    await show.stop();
    await stage.close();
  });

  it('goes on while the key that signs is rotated', async () => {
    const rotation = { isOn: true };
    const ended = run(process.execPath, ['scripts/rotate-viewer-keys.ts', '--stage', stage.name, '--settling-seconds', '12'], sdkEnvironment(stage.aws)).finally(() => (rotation.isOn = false));
    const seen: number[] = [];
    let held: { readonly url: string; readonly since: number }[] = [];
    while (rotation.isOn) {
      held = [...held.filter(({ since }) => Date.now() - since < (tokenSeconds - 10) * 1000), { url: await urlOf(), since: Date.now() }];
      for (const { url } of [held[0]!, held.at(-1)!]) seen.push((await answerTo(url)).status);
      await sleep(1_000);
    }
    const { status, stdout, stderr } = await ended;
    const after = await urlOf();

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('the old key is retired');
    expect(new Set(seen)).toEqual(new Set([200]));
    expect(after).toContain('/t/k2.');
    expect((await answerTo(after)).status).toBe(200);
  }, 240_000);

  it('opens no start before the show', async () => {
    const url = await urlOf();

    expect(await answerTo(`${url}?start=${Math.floor(Date.now() / 1000) - 3600}`)).toMatchObject({ status: 403, text: 'outside the show' });
    expect(await answerTo(url.replace('/index.m3u8', `/start/${new Date(0).toISOString()}/index.m3u8`))).toMatchObject({ status: 403, text: 'outside the show' });
  });
});

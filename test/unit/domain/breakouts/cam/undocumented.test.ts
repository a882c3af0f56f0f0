import { prepareChannel } from '../../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, stopChannel } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { bookedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { armedShow, camWorld } from '../../../../support/shows/cam-world.ts';

const time = (secondsAfterTen: number): string => new Date(Date.parse('2026-11-23T10:00:00.000Z') + secondsAfterTen * 1_000).toISOString();

/** A show that is claimed at 10:00, a second after somebody has connected with a key that was there before. */
const intrudedShow = async (stopsWhoConnects: boolean) => {
  const world = camWorld();
  world.ivs.state.stopsWhoConnects = stopsWhoConnects;
  const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam' });
  world.setTime(time(-1));
  await world.ivs.cams.createKey(world.channelArn);
  return { ...world, show: { breakoutId, attempt: 1 }, breakoutId };
};

type IntrudedShow = Awaited<ReturnType<typeof intrudedShow>>;

const claim = async ({ deps, show, breakoutId, setTime }: IntrudedShow): Promise<void> => {
  setTime(time(0));
  await startBreakout(deps)({ caller: aCaller(), breakoutId });
  await prepareChannel(deps)(show);
  await startChannel(deps)(show);
};

const looks = async ({ deps, show, setTime }: IntrudedShow, seconds: readonly number[]): Promise<readonly string[]> => {
  const statuses = [];
  for (const second of seconds) {
    setTime(time(second));
    statuses.push((await checkRunning(deps)(show)).status);
  }
  return statuses;
};

// Whether StopStream means them AWS does not tell: https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StopStream.html
describe.each([true, false])('a show whose channel an encoder has just connected to (StopStream disconnects it: %s)', (stopsWhoConnects) => {
  it('is armed a reconnect window after that encoder\'s end, though it goes live after the claim', async () => {
    const show = await intrudedShow(stopsWhoConnects);
    show.ivs.dial();
    await claim(show);
    show.setTime(time(4));
    show.ivs.goLive();
    const statuses = await looks(show, [4, 89]);
    const end = Date.parse(show.ivs.state.sessions[0]?.endedAt ?? '');

    expect([end, statuses]).toEqual([Date.parse(time(stopsWhoConnects ? 0 : 4)), ['PENDING', 'PENDING']]);
    expect(await looks(show, [stopsWhoConnects ? 90 : 94, 95])).toEqual(['PENDING', 'DONE']);
    expect(show.logged()).toEqual(['SHOW START_REQUESTED', 'INPUT REFUSED']);
  });

  it('puts that encoder out where IVS had not listed it when the show was armed', async () => {
    const show = await intrudedShow(stopsWhoConnects);
    show.ivs.listLate();
    // A moment after the last StopStream that clears the channel, on the key that is gone.
    const { cams } = show.deps;
    show.deps.cams = { ...cams, stopStream: async () => undefined };
    show.ivs.dial();
    await claim(show);
    show.deps.cams = cams;
    const statuses = await looks(show, [5]);
    show.ivs.goLive();
    show.ivs.catchUp();
    show.setTime(time(60));
    await show.reconcile();

    expect(statuses).toEqual(['DONE']);
    expect(show.ivs.state.sessions).toMatchObject([{ endedAt: time(60) }]);
    expect(await show.deps.sessions.list(show.breakoutId)).toEqual([]);
    expect(show.ivs.connect()).toBe(true);
  });

  it('is not over while its own encoder connects, and is when that has gone', async () => {
    const { deps, show, ivs, setTime, sessions } = await armedShow();
    ivs.state.stopsWhoConnects = stopsWhoConnects;
    setTime(time(600));
    ivs.dial();
    await stopChannel(deps)(show);
    const before = (await checkIdle(deps)(show)).status;
    setTime(time(605));
    ivs.goLive();
    const statuses = [(await checkIdle(deps)(show)).status, (await checkIdle(deps)(show)).status];

    expect([before, ...statuses]).toEqual(stopsWhoConnects ? ['DONE', 'DONE', 'DONE'] : ['PENDING', 'PENDING', 'DONE']);
    expect(await sessions()).toMatchObject([{ streamId: 'st-1', endedAt: time(stopsWhoConnects ? 600 : 605) }]);
  });
});

describe('a show whose stream ends a moment after its encoder has gone', () => {
  it('is over with its stream', async () => {
    const { deps, show, ivs, setTime, sessions } = await armedShow();
    ivs.state.endsAtOnce = false;
    ivs.connect();
    setTime(time(600));
    await stopChannel(deps)(show);
    const before = await checkIdle(deps)(show);
    setTime(time(610));
    ivs.end();

    expect([before.status, (await checkIdle(deps)(show)).status]).toEqual(['PENDING', 'DONE']);
    expect(await sessions()).toMatchObject([{ endedAt: time(610) }]);
  });
});

describe('a show whose streams IVS lists late', () => {
  it('keeps them when they are listed, also after its end', async () => {
    const { ivs, setTime, stop, release, sessions, reconcile } = await armedShow();
    setTime(time(60));
    ivs.listLate();
    ivs.connect();
    setTime(time(600));
    const { progress } = await stop();
    const before = await sessions();
    await release();
    ivs.catchUp();
    setTime(time(1_200));
    await reconcile();

    expect([progress.status, before]).toEqual(['DONE', []]);
    expect(await sessions()).toMatchObject([{ startedAt: time(60), endedAt: time(600), source: { heightPixels: 720 } }]);
  });
});

import { createFunctionPool } from '../../../../../../local/services/lambda/runtime/function-pool.ts';
import type { FunctionThread, ThreadOutcome } from '../../../../../../local/services/lambda/runtime/function-thread.ts';
import { createIdleThreads } from '../../../../../../local/services/lambda/runtime/idle-threads.ts';
import { manualClock } from '../../../../../support/manual-clock.ts';

const answered: ThreadOutcome = { kind: 'answered', payload: '1' };

const harness = (limits = { threads: 2, concurrency: 3 }, idle = { threads: 8, milliseconds: 1000 }, loaded = Promise.resolve()) => {
  const clock = manualClock();
  const idleThreads = createIdleThreads(clock, idle);
  const started: { usable: boolean; ended: boolean; finish: (outcome: ThreadOutcome) => void }[] = [];
  const start = (): FunctionThread => {
    const thread: (typeof started)[number] = { usable: true, ended: false, finish: () => undefined };
    started.push(thread);
    return {
      usable: () => thread.usable,
      loaded,
      invoke: () => new Promise((resolve) => { thread.finish = resolve; }),
      end: async () => {
        [thread.usable, thread.ended] = [false, true];
        thread.finish({ kind: 'failed', failure: { errorType: 'Runtime.ExitError', errorMessage: 'ended', trace: [] } });
      },
    };
  };
  const pool = () => createFunctionPool(start, idleThreads, limits);
  const call = async (of: ReturnType<typeof pool>) => of.invoke('id', '{}', () => undefined);
  return { clock, started, pool, call };
};

describe('function pool', () => {
  it('starts threads up to its limit, then lets calls wait, then refuses', async () => {
    const { clock, started, pool, call } = harness();
    const one = pool();
    const calls = [call(one), call(one), call(one)];

    const refused = call(one);
    await clock.advance(0);
    const before = started.length;
    started[0]!.finish(answered);
    await clock.advance(0);
    started[0]!.finish(answered);
    started[1]!.finish(answered);

    expect([await refused, before, started.length]).toEqual([undefined, 2, 2]);
    expect(await Promise.all(calls)).toEqual([answered, answered, answered]);
  });

  it('starts one thread after the other, and lets calls wait meanwhile', async () => {
    const { promise: loaded, resolve: load } = Promise.withResolvers<undefined>();
    const { clock, started, pool, call } = harness({ threads: 2, concurrency: 3 }, undefined, loaded);
    const one = pool();
    void call(one);
    void call(one);

    await clock.advance(0);
    const whileLoading = started.length;
    load(undefined);
    await clock.advance(0);

    expect([whileLoading, started.length]).toEqual([1, 2]);
  });

  it('ends a thread that idles too long, and starts another', async () => {
    const { clock, started, pool, call } = harness();
    const one = pool();
    void call(one);
    await clock.advance(0);
    started[0]!.finish(answered);

    await clock.advance(1000);
    void call(one);
    await clock.advance(0);

    expect(started.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('keeps few idle threads on the whole platform', async () => {
    const { clock, started, pool, call } = harness({ threads: 1, concurrency: 1 }, { threads: 1, milliseconds: 60_000 });
    for (const each of [pool(), pool()]) {
      void call(each);
      await clock.advance(0);
      started.at(-1)!.finish(answered);
      await clock.advance(10);
    }

    expect(started.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('replaces a thread that broke', async () => {
    const { clock, started, pool, call } = harness({ threads: 1, concurrency: 2 });
    const one = pool();
    void call(one);
    const second = call(one);
    await clock.advance(0);
    started[0]!.usable = false;
    started[0]!.finish(answered);
    await clock.advance(0);
    started[1]!.finish(answered);

    expect(await second).toEqual(answered);
  });

  it('fails what waits when it ends', async () => {
    const { clock, pool, call } = harness({ threads: 1, concurrency: 2 });
    const one = pool();
    const calls = [call(one), call(one)];
    await clock.advance(0);

    await one.end();

    expect((await Promise.all(calls)).map((outcome) => outcome?.kind)).toEqual(['failed', 'failed']);
  });
});

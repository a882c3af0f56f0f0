import { awaiting, invoke, only, statesHarness, throwing } from '../../../../../support/states-harness.ts';

describe('branches', () => {
  it('joins parallel branches in order', async () => {
    const harness = statesHarness();

    const arn = await harness.run(only({
      Type: 'Parallel', End: true, ResultPath: '$.branches',
      Branches: [only({ Type: 'Wait', SecondsPath: '$.n', End: true }), only({ Type: 'Pass', Result: 'second', End: true })],
    }), { n: 7 });
    await harness.clock.advance(7000);

    expect(harness.outputOf(arn)).toEqual({ n: 7, branches: [{ n: 7 }, 'second'] });
  });

  it('drops the other branches when one fails', async () => {
    const harness = statesHarness({ invoke: () => throwing('Broken') });

    const arn = await harness.run({
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', End: true, Branches: [only(awaiting()), only(invoke('f', { End: true }))], Catch: [{ ErrorEquals: ['Broken'], Next: 'After' }] },
        After: { Type: 'Wait', Seconds: 1, End: true },
      },
    });
    await harness.clock.advance(1000);

    expect([harness.statusOf(arn), harness.outputOf(arn).Error]).toEqual(['SUCCEEDED', 'Broken']);
  });

  it('maps items, no more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const harness = statesHarness({
      invoke: async ({ payload }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return Number(payload.n) * 10 + Number(payload.index);
      },
    });

    const arn = await harness.run(only({
      Type: 'Map', End: true, ItemsPath: '$.items', MaxConcurrency: 2, ItemSelector: { 'n.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...only(invoke('f', { OutputPath: '$.value', End: true })) },
    }), { items: [1, 2, 3, 4, 5] });
    await harness.clock.advance(0);

    expect([harness.outputOf(arn), most]).toEqual([[10, 21, 32, 43, 54], 2]);
  });

  it('maps nothing to nothing', async () => {
    const harness = statesHarness();

    const arn = await harness.run(only({ Type: 'Map', End: true, ItemProcessor: only({ Type: 'Pass', End: true }) }), []);

    expect(harness.outputOf(arn)).toEqual([]);
  });
});

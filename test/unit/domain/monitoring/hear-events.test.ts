import type { AlertFact } from '../../../../lambda/domain/monitoring/channel-facts.ts';
import { hearAlert, hearInputChange, hearPackager, hearState, type InputChange } from '../../../../lambda/domain/monitoring/hear-events.ts';
import { aFailoverPipeline, aWatchedShow } from '../../../support/shows/a-watched-show.ts';

const { channelArn } = aFailoverPipeline().channel;

const lost = (overrides: Partial<AlertFact> = {}): AlertFact => ({
  alertId: 'a1', alertType: 'RTMP Has No Audio/Video', change: 'SET', at: '2026-11-23T10:10:00Z', pipeline: '0', message: 'input primary: the source has gone', ...overrides,
});

const toBackup = (overrides: Partial<InputChange> = {}): InputChange => ({ id: 'e1', channelArn, at: '2026-11-23T10:10:03Z', pipeline: '0', input: 'backup', ...overrides });

const toldOf = async (show: Awaited<ReturnType<typeof aWatchedShow>>) =>
  (await show.log.entries(show.breakout.breakoutId)).map(({ at, type, name, input }) => [at.slice(11, 19), type, name, ...(input === undefined ? [] : [input])].join(' '));

describe('hearAlert', () => {
  it('logs the alert, the loss and the degradation', async () => {
    const show = await aWatchedShow();

    expect(await hearAlert(show.deps)(channelArn, lost())).toBe('noted');

    expect(await toldOf(show)).toEqual([
      '10:00:30 RECORDING STARTED',
      '10:10:00 ALERT SET',
      '10:10:00 QUALITY DEGRADED',
      '10:10:00 INPUT LOST primary',
    ]);
  });

  it('announces a lost input once, however often it hears of it', async () => {
    const show = await aWatchedShow();

    await hearAlert(show.deps)(channelArn, lost());
    expect(await hearAlert(show.deps)(channelArn, lost())).toBe('known');

    expect(show.announced).toMatchObject([{ kind: 'INPUT_LOST', input: 'primary', pipeline: '0', at: '2026-11-23T10:10:00.000Z', show: { breakoutId: show.breakout.breakoutId } }]);
  });

  it('announces nothing of inputs that have not come yet', async () => {
    const show = await aWatchedShow();

    await hearAlert(show.deps)(channelArn, lost({ at: '2026-11-23T10:00:33Z' }));

    expect(show.announced).toEqual([]);
  });

  it('logs the input that came back and the recovery', async () => {
    const show = await aWatchedShow();
    await hearAlert(show.deps)(channelArn, lost());

    await hearAlert(show.deps)(channelArn, lost({ change: 'CLEARED', at: '2026-11-23T10:12:00Z' }));

    expect((await toldOf(show)).slice(4).sort()).toEqual(['10:12:00 ALERT CLEARED', '10:12:00 INPUT ACQUIRED primary', '10:12:00 QUALITY RECOVERED']);
    expect(show.announced.map(({ kind }) => kind)).toEqual(['INPUT_LOST', 'RECOVERED']);
  });

  it('concludes the same when the end comes first', async () => {
    const show = await aWatchedShow();
    const other = await aWatchedShow();
    const cleared = lost({ change: 'CLEARED', at: '2026-11-23T10:12:00Z' });

    for (const fact of [lost(), cleared]) await hearAlert(show.deps)(channelArn, fact);
    for (const fact of [cleared, lost()]) await hearAlert(other.deps)(channelArn, fact);

    expect(await toldOf(other)).toEqual(await toldOf(show));
  });

  it('takes alerts that go with the channel for no recovery', async () => {
    const show = await aWatchedShow({ breakout: { stopRequestedAt: '2026-11-23T10:30:00.000Z' } });
    await hearAlert(show.deps)(channelArn, lost());

    await hearAlert(show.deps)(channelArn, lost({ change: 'CLEARED', at: '2026-11-23T10:30:05Z' }));

    expect(await toldOf(show)).not.toContain('10:30:05 QUALITY RECOVERED');
    expect(await toldOf(show)).toContain('10:30:05 ALERT CLEARED');
  });

  it('finds its show after the release', async () => {
    const show = await aWatchedShow({ breakout: { status: 'COMPLETED' }, run: { ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' } } });
    show.holds.clear();

    expect(await hearAlert(show.deps)(channelArn, lost())).toBe('noted');
    expect(show.announced).toEqual([]);
  });

  it.each([
    ['a channel of no pipeline', `${channelArn}0`, lost(), 'unknown-channel'],
    ['a time at which nobody held it', channelArn, lost({ at: '2026-11-23T09:00:00Z' }), 'held-by-nobody'],
    ['a channel started by hand after the show', channelArn, lost({ at: '2026-11-23T11:10:00Z' }), 'after-the-run'],
  ])('leaves out %s', async (_, arn, fact, outcome) => {
    const show = await aWatchedShow({ run: { ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' } } });

    expect(await hearAlert(show.deps)(arn, fact)).toBe(outcome);
    expect(show.log.kept).toEqual([]);
  });
});

describe('hearInputChange', () => {
  it('logs and announces a failover', async () => {
    const show = await aWatchedShow();

    await hearInputChange(show.deps)(toBackup());

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', '10:10:03 INPUT FAILED_OVER backup', '10:10:03 QUALITY DEGRADED']);
    expect(show.announced).toMatchObject([{ kind: 'FAILED_OVER', input: 'backup' }]);
  });

  it('tells a switch by its schedule from a failover', async () => {
    const show = await aWatchedShow({ pipeline: aFailoverPipeline({ failover: { preference: 'EQUAL_INPUT_PREFERENCE', errorClearMilliseconds: 1, inputLossMilliseconds: 100 } }) });

    await hearInputChange(show.deps)(toBackup({ action: 'switch-1' }));

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', '10:10:03 INPUT SWITCHED backup']);
    expect(show.announced).toEqual([]);
  });

  it('takes the first input of a start for no change', async () => {
    const show = await aWatchedShow();

    expect(await hearInputChange(show.deps)(toBackup({ input: 'primary', at: '2026-11-23T10:00:31Z' }))).toBe('as-it-was');
    expect(await hearInputChange(show.deps)(toBackup({ input: 'primary' }))).toBe('noted');
  });

  it('takes back what was seen before the event came', async () => {
    const show = await aWatchedShow();
    const { breakoutId, accountId } = show.breakout;
    await show.log.note({ breakoutId, accountId, attempt: 1, at: '2026-11-23T10:11:00.000Z', id: 'poll', type: 'INPUT', name: 'FAILED_OVER', message: 'seen', pipeline: '0', input: 'backup', source: 'POLL' });

    await hearInputChange(show.deps)(toBackup());

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', '10:10:03 INPUT FAILED_OVER backup', '10:10:03 QUALITY DEGRADED']);
  });
});

describe('hearState', () => {
  it('logs that recording began and ended, at the best known time', async () => {
    const show = await aWatchedShow({ run: { started: { at: '2026-11-23T10:00:40.000Z', source: 'POLL' } } });

    await hearState(show.deps)({ channelArn, state: 'STOPPED', at: '2026-11-23T11:00:00Z' });
    await hearState(show.deps)({ channelArn, state: 'RUNNING', at: '2026-11-23T10:00:30Z' });

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', '11:00:00 RECORDING STOPPED']);
  });

  it('keeps quiet about states that are none of a run', async () => {
    expect(await hearState((await aWatchedShow()).deps)({ channelArn, state: 'STARTING', at: '2026-11-23T10:00:05Z' })).toBe('not-a-run-state');
  });
});

describe('hearPackager', () => {
  const notice = { id: 'p1', at: '2026-11-23T10:20:00Z', message: 'late', packagingChannelId: 'main' };

  it.each([
    ['InputSwitchEvent', '10:20:00 INPUT FAILED_OVER'],
    ['IngestError', '10:20:00 ALERT SET'],
    ['KeyProviderError', '10:20:00 ALERT SET'],
  ])('logs %s', async (event, expected) => {
    const show = await aWatchedShow();

    await hearPackager(show.deps)({ ...notice, event });

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', expected]);
  });

  it('knows a show by the endpoint whose keys are missing', async () => {
    const show = await aWatchedShow();
    const ofEndpoint = { id: 'p1', at: '2026-11-23T10:20:00Z', message: 'no answer', event: 'KeyProviderError' };

    expect(await hearPackager(show.deps)({ ...ofEndpoint, endpointGuid: 'ab' })).toBe('unknown-channel');
    expect(await hearPackager(show.deps)({ ...ofEndpoint, endpointGuid: 'abc' })).toBe('noted');

    expect(await toldOf(show)).toEqual(['10:00:30 RECORDING STARTED', '10:20:00 ALERT SET']);
  });

  it('keeps quiet about what goes as it should, and of channels that it cannot place', async () => {
    const { deps } = await aWatchedShow();

    expect(await hearPackager(deps)({ ...notice, event: 'IngestStart' })).toBe('as-it-was');
    expect(await hearPackager(deps)({ id: 'p2', at: notice.at, message: '', event: 'KeyProviderError' })).toBe('unknown-channel');
  });
});

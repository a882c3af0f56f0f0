import type { ConversionJob } from '../../../../../lambda/domain/recordings/conversion-jobs.ts';
import type { RecordingJob } from '../../../../../lambda/domain/recordings/recording.ts';
import { NotFoundError } from '../../../../../lambda/domain/shared/errors.ts';
import { aRecording, aRecordingJob } from '../../../../support/usage/a-show.ts';
import { hourlyWorld } from '../../../../support/usage/hourly-world.ts';
import { itemIds } from '../../../../support/usage/ids.ts';

const failure = { code: 'conversion-timed-out', message: 'job 1 has not ended within 600 s' };

const givenUp = (overrides: Partial<RecordingJob> = {}): RecordingJob => {
  const { startedAt: _startedAt, finishedAt: _finishedAt, ...job } = aRecordingJob();
  return { ...job, status: 'FAILED', percentComplete: 10, outputs: [], failure, ...overrides };
};

/** A settled show whose conversion was given up before it ended. */
const givenUpShow = async (jobs: readonly RecordingJob[] = [givenUp()]) => {
  const hourly = await hourlyWorld();
  hourly.state.recording = aRecording({ status: 'FAILED', failure, jobs });
  await hourly.unended.note(itemIds.breakout);
  const converted = async (month = '2026-11') => (await hourly.lines(month)).filter(({ category }) => category === 'conversion');
  const { finishedAt = '', outputs } = aRecordingJob();
  const ends = (job: Partial<ConversionJob> = {}): void => void (hourly.world.job = { status: 'COMPLETE', percentComplete: 100, finishedAt, outputs, ...job });
  return { ...hourly, converted, ends };
};

describe('a conversion that was given up', () => {
  it('is charged when it ends all the same, as a correction, and its film is there', async () => {
    const { hourAt, converted, ends, heads, state, unended } = await givenUpShow();
    ends();

    const { failed } = await hourAt('2026-11-23T14:00:00Z');

    expect(failed).toEqual([]);
    expect((await converted()).map(({ key, quantity, nanoUsd, chargeNanoUsd }) => [key, quantity?.amount, nanoUsd, chargeNanoUsd])).toEqual([['conversion/1700000000000-abc123/mp4-0', 3_600_000n, 900_000_000n, 900_000_000n]]);
    expect((await heads())[0]).toMatchObject({ status: 'CORRECTED', version: 2, totals: { conversionMilliseconds: 3_600_000n, conversionNanoUsd: 900_000_000n } });
    expect(state.recording).toMatchObject({ status: 'READY', jobs: [{ status: 'COMPLETE' }] });
    expect(state.recording).not.toHaveProperty('failure');
    expect(await unended.list()).toEqual([]);
  });

  it('sums to its event, its account and the platform', async () => {
    const { hourAt, ends, usage } = await givenUpShow();
    ends();

    await hourAt('2026-11-23T14:00:00Z');

    const [account, platform] = [await usage.accountUsage(itemIds.account, '2026-11'), await usage.platformUsage('2026-11')];
    expect([account.measures.conversionNanoUsd, platform.measures.conversionNanoUsd]).toEqual([900_000_000n, 900_000_000n]);
  });

  it('is asked for again while it goes on, and written to only when it ends', async () => {
    const { hourAt, heads, state, unended, converted, ends } = await givenUpShow();
    const before = state.recording;

    await hourAt('2026-11-23T14:00:00Z');
    await hourAt('2026-11-24T14:00:00Z');

    expect(state.recording).toBe(before);
    expect((await heads()).map(({ version }) => version)).toEqual([1]);
    expect(await unended.list()).toEqual([itemIds.breakout]);
    ends({ finishedAt: '2026-11-24T14:30:00.000Z' });
    await hourAt('2026-11-24T15:00:00Z');
    expect(await converted()).toHaveLength(1);
  });

  it('is charged once, however often who books it dies', async () => {
    const { hourAt, ends, heads, unended, converted } = await givenUpShow();
    ends();
    await hourAt('2026-11-23T14:00:00Z');
    const after = await heads();
    await unended.note(itemIds.breakout);

    await hourAt('2026-11-23T15:00:00Z');

    expect(await heads()).toEqual(after);
    expect(await converted()).toHaveLength(1);
    expect(await unended.list()).toEqual([]);
  });

  it('costs nothing when it fails in the end, and says why in the service’s words', async () => {
    const { hourAt, ends, heads, state } = await givenUpShow();
    ends({ status: 'FAILED', outputs: [], failure: { code: 'conversion-error-1550', message: 'the acceleration failed', isPassing: true } });

    await hourAt('2026-11-23T14:00:00Z');

    expect(state.recording).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-error-1550', message: 'the acceleration failed' } });
    expect((await heads())[0]?.totals.conversionMilliseconds).toBeUndefined();
  });

  it('is forgotten when the service knows it no more', async () => {
    const { hourAt, state, deps, unended } = await givenUpShow();
    deps.jobs.get = async () => {
      throw new NotFoundError({ code: 'conversion-not-found', message: 'there is no conversion job 1' });
    };

    await hourAt('2027-02-23T14:00:00Z');

    expect(state.recording).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-not-found' } });
    expect(await unended.list()).toEqual([]);
  });

  it('stays deleted when the recording was, and is charged all the same', async () => {
    const { hourAt, ends, state, converted } = await givenUpShow();
    state.recording = { ...state.recording, status: 'DELETED', deleted: { at: '2026-11-23T13:00:00.000Z', stored: [] } };
    ends();

    await hourAt('2026-11-23T14:00:00Z');

    expect(state.recording).toMatchObject({ status: 'DELETED', jobs: [{ status: 'COMPLETE' }] });
    expect(await converted()).toHaveLength(1);
  });

  it('charges each part in the month in which it ends', async () => {
    const { hourAt, ends, converted, world } = await givenUpShow([givenUp({ jobId: 'one' }), givenUp({ part: 2, jobId: 'two', status: 'SUBMITTED' })]);
    ends();
    world.jobs.set('two', { finishedAt: '2026-12-01T00:10:00.000Z' });

    await hourAt('2026-12-01T01:00:00Z');

    expect([(await converted()).map(({ key }) => key), (await converted('2026-12')).map(({ key }) => key)]).toEqual([['conversion/one/mp4-0'], ['conversion/two/mp4-0']]);
  });

  it('is left to the show’s own measurement where that is still to come', async () => {
    const { hourAt, ends, unended, holdings, heads } = await givenUpShow();
    ends();
    holdings.holdings.clear();

    await hourAt('2026-11-23T14:00:00Z');

    expect((await heads()).map(({ version }) => version)).toEqual([1]);
    expect(await unended.list()).toEqual([itemIds.breakout]);
  });
});

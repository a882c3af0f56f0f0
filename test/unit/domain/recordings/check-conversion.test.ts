import { recordingView } from '../../../../lambda/domain/recordings/recording-view.ts';
import { NotFoundError } from '../../../../lambda/domain/shared/errors.ts';
import { aRecording, aRecordingJob } from '../../../support/usage/a-show.ts';
import { archivedShow, ofRun, recordingPrefix } from '../../../support/recordings/archived-show.ts';

describe('checkConversion', () => {
  const submitted = async (options: Parameters<typeof archivedShow>[0]) => {
    const given = archivedShow(options);
    await given.submit();
    return given;
  };

  it('keeps durations and file sizes when the job has ended', async () => {
    const { check } = await submitted({});

    expect(await check()).toMatchObject({
      status: 'READY', finishedAt: '2026-11-23T11:05:00.000Z', jobs: [{ status: 'COMPLETE', outputs: aRecordingJob().outputs }],
      files: [{ format: 'HLS', part: 1, key: expect.stringMatching(/hls\/show\.m3u8$/) as string, bytes: 3n << 40n, objects: 3 }, { format: 'MP4', bytes: 1n << 40n, objects: 1 }],
    });
  });

  const long = Array.from({ length: 151 }, (_, index) => `pl_main/archive-20261123T100030_${String(index).padStart(6, '0')}.ts`);

  it('makes one HLS recording of what was converted in parts', async () => {
    const { state, check } = await submitted({ keys: long });

    const { files } = await check();

    expect(files.map(({ format, part, key, objects }) => [format, part, key.slice(recordingPrefix.length), objects])).toEqual([['HLS', 1, 'show.m3u8', 5], ['MP4', 1, 'mp4/show-recording.mp4', 1]]);
    expect(state.playlists.get(`${recordingPrefix}show_480p.m3u8`)?.split('\n').filter((line) => !/^#EXT(M3U|INF|-X-(VERSION|TARGET|MEDIA|PLAYLIST))/.test(line))).toEqual(['hls/show_480p_00001.ts', '#EXT-X-DISCONTINUITY', 'part-2/hls/show_480p_00001.ts', '#EXT-X-ENDLIST', '']);
  });

  it('joins nothing of one part, or of one that alone was made', async () => {
    const one = await submitted({});
    const failing = await submitted({ keys: long, job: { status: 'FAILED' } });
    for (const { check } of [one, failing]) await check();

    expect([one.state.playlists.size, failing.state.playlists.size]).toEqual([0, 0]);
  });

  it('lets the archive go when all of it was converted, and knows until when it is stored', async () => {
    const { state, check } = await submitted({ archiveDays: 30 });

    await check();

    expect(state.released.toSorted()).toEqual([...ofRun].sort());
    expect(state.recording?.archive).toEqual({ days: 30, stored: [{ storedAt: Date.parse('2026-11-23T11:00:40Z'), bytes: 20n, objects: 2 }] });
    expect(recordingView(state.recording!).archiveExpiresAt).toBe('2026-12-24T00:00:00.000Z');
  });

  it('keeps the archive of what failed, and where the stage keeps it', async () => {
    const failing = await submitted({ archiveDays: 30, job: { status: 'FAILED' } });
    const keeping = await submitted({});
    for (const { check } of [failing, keeping]) await check();

    expect([failing.state.released, keeping.state.released, keeping.state.recording?.archive]).toEqual([[], [], undefined]);
  });

  it('tells the progress while the job runs', async () => {
    const { check } = await submitted({ job: { status: 'RUNNING', percentComplete: 42 } });

    expect(await check()).toMatchObject({ status: 'PROCESSING', jobs: [{ percentComplete: 42 }] });
  });

  it('keeps the reason when the job failed', async () => {
    const { check } = await submitted({ job: { status: 'FAILED', failure: { code: 'conversion-error-1040', message: 'no such input', isPassing: false } } });

    expect(await check()).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-error-1040', message: 'no such input' } });
  });

  it('gives a job up after its time', async () => {
    const { state, check } = await submitted({ job: { status: 'RUNNING' } });
    state.recording = { ...state.recording!, jobs: state.recording!.jobs.map((job) => ({ ...job, submittedAt: '2026-11-23T10:00:00.000Z' })) };

    expect(await check()).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-timed-out' } });
    expect(await state.unended.list()).toEqual([state.recording.breakoutId]);
  });

  it('tries again, twice, when the fault passes', async () => {
    const { state, check } = await submitted({ job: { status: 'FAILED', failure: { code: 'conversion-error-1517', message: 'slow down', isPassing: true } } });

    expect(await check()).toMatchObject({ status: 'PROCESSING', jobs: [{ tries: 2, jobId: 'job-2' }] });
    await check();
    expect(await check()).toMatchObject({ status: 'FAILED', jobs: [{ tries: 3, jobId: 'job-3' }], failure: { code: 'conversion-error-1517' } });
    expect(state.requests.map(({ tries }) => tries)).toEqual([1, 2, 3]);
  });

  it('fails when nothing was submitted', async () => {
    await expect(archivedShow().check()).rejects.toThrow(NotFoundError);
  });
});

describe('giveUpConversion', () => {
  it('goes on after an outage, and makes the jobs then', async () => {
    const { state, giveUp, submit } = archivedShow();

    expect(await giveUp()).toMatchObject({ status: 'PROCESSING', jobs: [] });
    expect(await submit()).toMatchObject({ recordingId: state.recording!.recordingId, jobs: [{ jobId: 'job-1' }] });
  });

  it('fails in its words what lasts, and what has taken too long', async () => {
    const lasting = archivedShow();
    const late = archivedShow();
    await late.submit();
    late.state.recording = { ...late.state.recording!, submittedAt: '2026-11-23T10:00:00.000Z' };

    expect(await lasting.giveUp({ code: 'access-denied', message: 'may not pass the role' })).toMatchObject({ status: 'FAILED', failure: { code: 'access-denied', message: 'may not pass the role' } });
    expect(await late.giveUp()).toMatchObject({ status: 'FAILED', failure: { message: 'MediaConvert is away' } });
    expect([await lasting.state.unended.list(), await late.state.unended.list()]).toEqual([[], [late.state.recording.breakoutId]]);
  });

  it('leaves alone what has ended, was aborted, or goes on', async () => {
    const ready = archivedShow();
    ready.state.recording = aRecording({ attempt: 1 });

    expect(await ready.giveUp({ code: 'x', message: 'y' })).toMatchObject({ status: 'READY' });
    expect(await archivedShow({ breakout: { status: 'ABORTED' } }).giveUp()).toMatchObject({ status: 'NONE' });
    expect(await archivedShow({ breakout: { attempt: 2 } }).giveUp()).toMatchObject({ status: 'NONE' });
  });
});

describe('a conversion that fails', () => {
  it('is told of once to whoever is on call, however often it is looked at', async () => {
    const [failing, given, refused, well] = [archivedShow({ job: { status: 'FAILED' } }), archivedShow(), archivedShow(), archivedShow()];
    refused.state.refuses = true;
    for (const { submit } of [failing, given, refused, well]) await submit();
    for (let look = 0; look < 2; look += 1) {
      await failing.check();
      await given.giveUp({ code: 'access-denied', message: 'may not pass the role' });
      await refused.submit();
      await well.check();
    }

    expect([failing, given, refused, well].map(({ state }) => state.losses.told.map(({ kind }) => kind))).toEqual([['RECORDING_FAILED'], ['RECORDING_FAILED'], ['RECORDING_FAILED'], []]);
  });
});

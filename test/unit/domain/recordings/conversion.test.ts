import type { Breakout } from '../../../../lambda/domain/breakouts/breakout.ts';
import type { ChannelRun } from '../../../../lambda/domain/breakouts/channel-run.ts';
import { checkConversion } from '../../../../lambda/domain/recordings/check-conversion.ts';
import type { ConversionJob, ConversionName, ConversionRequest } from '../../../../lambda/domain/recordings/conversion-jobs.ts';
import { giveUpConversion } from '../../../../lambda/domain/recordings/give-up-conversion.ts';
import type { Recording } from '../../../../lambda/domain/recordings/recording.ts';
import { recordingView } from '../../../../lambda/domain/recordings/recording-view.ts';
import { submitConversion } from '../../../../lambda/domain/recordings/submit-conversion.ts';
import { InvalidInputError, NotFoundError, UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import type { StoredObject } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { aChannelRun, aMeteredPipeline, aRecording, aRecordingJob, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { memoryCamSources } from '../../../support/usage/memory-cam-sources.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const anObject = (key: string, bytes = 10n): StoredObject => ({ key, bytes, storedAt: Date.parse('2026-11-23T11:00:40Z') });

const ofRun = ['pl_main/archive-20261123T100030_000001.ts', 'pl_main/archive-20261123T100030_000000.ts'];
const ofOthers = ['pl_main/archive-20261122T100030_000000.ts', 'pl_main/archive-20261123T120000_000000.ts', 'pl_main/archive-notes.txt'];

interface Given {
  readonly keys?: readonly string[];
  readonly sizes?: Readonly<Record<string, bigint>>;
  readonly wantsMp4?: boolean;
  readonly breakout?: Partial<Breakout>;
  readonly runs?: readonly ChannelRun[];
  readonly job?: Partial<ConversionJob>;
  readonly now?: string;
  readonly archiveDays?: number;
}

const recordingPrefix = `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/`;
const madeKeys = ['hls/show.m3u8', 'hls/show_480p.m3u8', 'hls/show_480p_00001.ts', 'mp4/show-recording.mp4'];

const setUp = ({ keys = [...ofRun, ...ofOthers], sizes = {}, wantsMp4 = true, breakout = {}, runs = [aChannelRun()], job = {}, now = '2026-11-23T11:00:50Z', archiveDays = 0 }: Given = {}) => {
  const state = { recording: undefined as Recording | undefined, requests: [] as ConversionRequest[], failsAfterSubmit: false, refuses: false, released: [] as string[], playlists: new Map<string, string>() };
  const deps = {
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED', wantsMp4, ...breakout }) },
    runs: { get: async () => runs[0], list: async () => runs },
    cam: memoryCamSources(),
    serviceRecordings: { began: async () => [] },
    pipelines: { get: async (pipelineId: string) => aMeteredPipeline({ pipelineId, archive: { bucket: 'archive', keyPrefix: `${pipelineId}/archive`, rolloverSeconds: 300 } }) },
    objects: { list: async (bucket: string) => (bucket === 'archive' ? keys.map((key) => anObject(key, sizes[key])) : [...madeKeys.map((key) => `${recordingPrefix}${key}`), ...state.playlists.keys()].map((key) => anObject(key, 1n << 40n))) },
    jobs: {
      submit: async (request: ConversionRequest) => {
        if (state.refuses) throw new InvalidInputError({ code: 'conversion-refused', message: 'no such queue', fields: [] });
        state.requests.push(request);
        if (state.failsAfterSubmit) throw new UnavailableError({ code: 'lost', message: 'the answer was lost' });
        return `job-${state.requests.length}`;
      },
      find: async ({ part, tries }: ConversionName) => {
        const index = state.requests.findIndex((request) => request.part === part && request.tries === tries);
        return index < 0 ? undefined : `job-${index + 1}`;
      },
      get: async (jobId: string) => ({ jobId, status: 'COMPLETE' as const, percentComplete: 100, finishedAt: '2026-11-23T11:05:00.000Z', outputs: aRecordingJob().outputs, ...job }),
    },
    recordings: { get: async () => state.recording, save: async (recording: Recording) => void (state.recording = recording) },
    recordingsBucket: 'recordings',
    defaultFormats: ['THUMBNAILS'] as const,
    newId: () => 'rec_01JD0000000000000000000000',
    timeoutSeconds: 600,
    archive: { release: async (files: readonly { readonly key: string }[]) => void state.released.push(...files.map(({ key }) => key)) },
    archiveDays,
    playlists: {
      read: async (_bucket: string, key: string) => (key.endsWith('show.m3u8') ? '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nshow_480p.m3u8\n' : '#EXTM3U\n#EXTINF:6,\nshow_480p_00001.ts\n#EXT-X-ENDLIST\n'),
      write: async (_bucket: string, key: string, text: string) => void state.playlists.set(key, text),
    },
    now: () => new Date(now),
  };
  const failure = { code: 'unavailable', message: 'MediaConvert is away' };
  return { state, giveUp: (why = failure) => giveUpConversion(deps)(itemIds.breakout, 1, why), submit: () => submitConversion(deps)(itemIds.breakout, 1), check: () => checkConversion(deps)(itemIds.breakout) };
};

describe('submitConversion', () => {
  it("converts this run's files in order", async () => {
    const { state, submit } = setUp();

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ part: 1, tries: 1, jobId: 'job-1' }], keyPrefix: `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/` });
    expect(state.requests.map(({ source }) => source)).toEqual([[...ofRun].sort().map((key) => ({ bucket: 'archive', key }))]);
  });

  it('makes one job however often it is asked, also when the first answer was lost', async () => {
    const { state, submit } = setUp();
    state.failsAfterSubmit = true;

    await expect(submit()).rejects.toThrow(UnavailableError);
    state.failsAfterSubmit = false;
    await submit();
    await submit();

    expect(state.requests).toHaveLength(1);
    expect(state.recording).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }] });
  });

  it.each([['the archive has nothing of this run', { keys: ofOthers }], ['the show was aborted', { breakout: { status: 'ABORTED' as const } }]])('makes none when %s', async (_when, options) => {
    const { state, submit } = setUp(options);

    expect(await submit()).toMatchObject({ status: 'NONE' });
    expect(state.requests).toEqual([]);
  });

  it('converts what a show that failed has archived', async () => {
    const { state, submit } = setUp({ breakout: { status: 'FAILED' } });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }] });
    expect(state.requests).toHaveLength(1);
  });

  const copies = (pipeline: string, names: readonly string[]): string[] => names.map((name) => `${pipeline}/archive-${name}`);
  const converted = async (given: Given): Promise<readonly string[]> => {
    const { state, submit } = setUp(given);
    await submit();
    return state.requests.flatMap(({ source }) => source.map(({ key }) => key));
  };

  it('takes the first of two copies', async () => {
    const keys = [...copies('pl_main', ['20261123T100030_000000.ts', '20261123T100030_000001.ts']), ...copies('pl_main', ['copy-20261123T100031_000000.ts', 'copy-20261123T100031_000001.ts'])];

    expect(await converted({ keys })).toEqual(keys.slice(0, 2));
  });

  it.each([
    ['has more files', [], {}],
    ['has clearly more bytes', ['20261123T100030_000001.ts'], { 'pl_main/archive-20261123T100030_000001.ts': 9n }],
  ])('takes the second copy when it %s', async (_when, more, sizes) => {
    const second = copies('pl_main', ['copy-20261123T100031_000000.ts', 'copy-20261123T100031_000001.ts']);

    expect(await converted({ keys: [...copies('pl_main', ['20261123T100030_000000.ts', ...more]), ...second], sizes })).toEqual(second);
  });

  it('joins what a show has archived on several pipelines', async () => {
    const spare = aChannelRun({ attempt: 2, pipelineId: 'pl_spare', requestedAt: '2026-11-23T10:20:00.000Z' });
    const unstarted = { ...aChannelRun({ attempt: 3, requestedAt: '2026-11-23T10:00:00.000Z' }) };
    const { started: _started, ...never } = unstarted;
    const keys = [...copies('pl_main', ['20261123T100030_000000.ts']), ...copies('pl_spare', ['20261123T102030_000000.ts', '20261123T102030_000001.ts'])];

    const joined = await converted({ keys, runs: [aChannelRun({ ended: { at: '2026-11-23T10:20:00.000Z', source: 'EVENT' } }), spare, never] });

    expect(joined).toEqual(keys);
  });

  it('leaves the recording to the attempt that the show is at', async () => {
    const { state, submit } = setUp({ breakout: { attempt: 2 } });
    state.recording = aRecording({ attempt: 2 });

    expect(await submit()).toMatchObject({ status: 'NONE', attempt: 1 });
    expect(state.recording).toMatchObject({ attempt: 2, status: 'READY' });
    expect(state.requests).toEqual([]);
  });

  it('knows what was converted of an attempt before, which is paid for', async () => {
    const { state, submit } = setUp();
    const [first, second, failing] = [aRecordingJob({ jobId: 'first' }), aRecordingJob({ jobId: 'second' }), aRecordingJob({ jobId: 'third', status: 'FAILED' })];
    state.recording = aRecording({ attempt: 7, jobs: [second, failing], earlierJobs: [first] });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }], earlierJobs: [first, second] });
  });

  it('converts an archive beyond the inputs that a job takes in parts', async () => {
    const keys = Array.from({ length: 151 }, (_, index) => `pl_main/archive-20261123T100030_${String(index).padStart(6, '0')}.ts`);
    const { state, submit } = setUp({ keys });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ part: 1, jobId: 'job-1' }, { part: 2, jobId: 'job-2' }] });
    expect(state.requests.flatMap(({ source }) => source.map(({ key }) => key))).toEqual(keys);
    expect(state.requests.map(({ source, destination }) => [source.length, destination.keyPrefix.split('/').slice(3).join('/')])).toEqual([[75, ''], [76, 'part-2/']]);
  });

  it('makes HLS always, and what is asked for', async () => {
    const formats = async (given: Given) => {
      const { state, submit } = setUp(given);
      await submit();
      return state.requests[0]?.formats;
    };

    expect(await formats({ wantsMp4: false })).toEqual(['HLS', 'THUMBNAILS']);
    expect(await formats({ wantsMp4: true, breakout: { recordingFormats: ['AUDIO', 'HLS'] } })).toEqual(['HLS', 'MP4', 'AUDIO']);
  });

  it('says what is missing and converts the rest', async () => {
    const { state, submit } = setUp({ keys: ['0', '2'].map((sequence) => `pl_main/archive-20261123T100030_00000${sequence}.ts`) });

    await submit();

    expect(state.requests[0]?.source).toHaveLength(2);
    expect(state.recording?.gaps[0]).toEqual({ from: Date.parse('2026-11-23T10:05:30Z'), to: Date.parse('2026-11-23T10:10:30Z') });
  });

  it('fails in its words when the service refuses', async () => {
    const { state, submit } = setUp();
    state.refuses = true;

    expect(await submit()).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-refused', message: 'no such queue' } });
  });
});

describe('checkConversion', () => {
  const submitted = async (options: Parameters<typeof setUp>[0]) => {
    const given = setUp(options);
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
  });

  it('tries again, twice, when the fault passes', async () => {
    const { state, check } = await submitted({ job: { status: 'FAILED', failure: { code: 'conversion-error-1517', message: 'slow down', isPassing: true } } });

    expect(await check()).toMatchObject({ status: 'PROCESSING', jobs: [{ tries: 2, jobId: 'job-2' }] });
    await check();
    expect(await check()).toMatchObject({ status: 'FAILED', jobs: [{ tries: 3, jobId: 'job-3' }], failure: { code: 'conversion-error-1517' } });
    expect(state.requests.map(({ tries }) => tries)).toEqual([1, 2, 3]);
  });

  it('fails when nothing was submitted', async () => {
    await expect(setUp().check()).rejects.toThrow(NotFoundError);
  });
});

describe('giveUpConversion', () => {
  it('goes on after an outage, and makes the jobs then', async () => {
    const { state, giveUp, submit } = setUp();

    expect(await giveUp()).toMatchObject({ status: 'PROCESSING', jobs: [] });
    expect(await submit()).toMatchObject({ recordingId: state.recording!.recordingId, jobs: [{ jobId: 'job-1' }] });
  });

  it('fails in its words what lasts, and what has taken too long', async () => {
    const lasting = setUp();
    const late = setUp();
    await late.submit();
    late.state.recording = { ...late.state.recording!, submittedAt: '2026-11-23T10:00:00.000Z' };

    expect(await lasting.giveUp({ code: 'access-denied', message: 'may not pass the role' })).toMatchObject({ status: 'FAILED', failure: { code: 'access-denied', message: 'may not pass the role' } });
    expect(await late.giveUp()).toMatchObject({ status: 'FAILED', failure: { message: 'MediaConvert is away' } });
  });

  it('leaves alone what has ended, was aborted, or goes on', async () => {
    const ready = setUp();
    ready.state.recording = aRecording({ attempt: 1 });

    expect(await ready.giveUp({ code: 'x', message: 'y' })).toMatchObject({ status: 'READY' });
    expect(await setUp({ breakout: { status: 'ABORTED' } }).giveUp()).toMatchObject({ status: 'NONE' });
    expect(await setUp({ breakout: { attempt: 2 } }).giveUp()).toMatchObject({ status: 'NONE' });
  });
});

import type { Breakout } from '../../../../lambda/domain/breakouts/breakout.ts';
import { camRecordingFolder } from '../../../../lambda/contract/cam-recordings.ts';
import type { CamPipeline } from '../../../../lambda/domain/pipelines/cam-pipeline.ts';
import type { ServiceRecording } from '../../../../lambda/domain/recordings/cam/service-recordings.ts';
import type { ConversionRequest } from '../../../../lambda/domain/recordings/conversion-jobs.ts';
import { deleteRecording } from '../../../../lambda/domain/recordings/delete-recording.ts';
import { followConversion } from '../../../../lambda/domain/recordings/follow-conversion.ts';
import { playRecording } from '../../../../lambda/domain/recordings/play-recording.ts';
import { recordingView } from '../../../../lambda/domain/recordings/recording-view.ts';
import type { Recording } from '../../../../lambda/domain/recordings/recording.ts';
import { submitConversion } from '../../../../lambda/domain/recordings/submit-conversion.ts';
import type { StoredObject } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { recordingWorld } from '../../../support/recordings/recording-world.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../../../support/shows/a-cam-plan.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { aRecordingJob, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryCamSources } from '../../../support/usage/memory-cam-sources.ts';

const folders = ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/KlMnop3Q4rst/', 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/25/UvWxyz5A6bcd/'];

const recorded = (index: number, change: Partial<ServiceRecording> = {}): ServiceRecording => ({
  folder: folders[index]!,
  startedAt: Date.parse('2026-11-23T10:05:00Z') + index * 1_200_000,
  ended: { at: Date.parse('2026-11-23T10:20:00Z') + index * 1_200_000, durationMilliseconds: 900_000 },
  playlistKey: `${folders[index]!}media/hls/master.m3u8`,
  renditions: [{ name: '720p30', widthPixels: 1280, heightPixels: 720 }],
  ...change,
});

interface Given {
  readonly breakout?: Partial<Breakout>;
  readonly pipeline?: CamPipeline;
  readonly found?: readonly ServiceRecording[];
  readonly now?: string;
  readonly isStreamed?: boolean;
}

const setUp = ({ breakout = {}, pipeline = aCamPipeline(), found = [recorded(0)], now = '2026-11-23T10:36:00Z', isStreamed = true }: Given = {}) => {
  const state = { recording: undefined as Recording | undefined, requests: [] as ConversionRequest[], found, now };
  const source = { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' };
  const stored: readonly StoredObject[] = folders.flatMap((folder) =>
    ['events/recording-ended.json', 'media/hls/master.m3u8', 'media/hls/720p30/0.ts'].map((key, index) => ({ key: `${folder}${key}`, bytes: BigInt(10 ** index), storedAt: Date.parse('2026-11-23T10:05:30Z') })),
  );
  const deps = {
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED', wantsMp4: false, pipelineId: pipeline.pipelineId, ...breakout }) },
    runs: { list: async () => [] },
    pipelines: { get: async () => pipeline },
    cam: memoryCamSources({
      runs: [aCamRun({ breakoutId: itemIds.breakout, requestedAt: '2026-11-23T10:00:00.500Z', ended: { at: '2026-11-23T10:35:30.000Z', source: 'POLL' } })],
      sessions: isStreamed ? [aStreamSession({ breakoutId: itemIds.breakout, endedAt: '2026-11-23T10:35:00.000Z', source })] : [],
    }),
    serviceRecordings: { began: async () => state.found },
    objects: { list: async (_bucket: string, prefix: string) => stored.filter(({ key }) => key.startsWith(prefix)) },
    jobs: {
      submit: async (request: ConversionRequest) => `job-${state.requests.push(request)}`,
      find: async () => undefined,
      get: async (jobId: string, framesPerSecond: number | undefined) => ({
        jobId, status: 'COMPLETE' as const, percentComplete: 100, finishedAt: '2026-11-23T10:45:00.000Z',
        outputs: aRecordingJob().outputs.map((output) => ({ ...output, outputClass: { ...output.outputClass, framesPerSecond: framesPerSecond ?? 0 } })),
      }),
    },
    recordings: { get: async () => state.recording, save: async (recording: Recording) => void (state.recording = recording) },
    recordingsBucket: 'recordings',
    defaultFormats: [] as const,
    newId: () => 'rec_01JD0000000000000000000000',
    timeoutSeconds: 600,
    archive: { release: async () => undefined },
    archiveDays: 30,
    playlists: { read: async () => '', write: async () => undefined },
    now: () => new Date(state.now),
  };
  return { state, deps, submit: () => submitConversion(deps)(itemIds.breakout, 1), follow: () => followConversion(deps)(itemIds.breakout, 1) };
};

describe('the recording of a show on a Cam pipeline', () => {
  it('is played where the service put it, without a conversion', async () => {
    const { submit, state } = setUp({ found: [recorded(0), recorded(1)] });

    const recording = await submit();

    expect(recording).toMatchObject({ status: 'READY', jobs: [], inPlace: folders.map((folder) => ({ folder, durationMilliseconds: 900_000 })), files: [{ format: 'HLS', part: 1, key: `${folders[0]!}media/hls/master.m3u8`, bytes: 110n, objects: 2 }, { part: 2 }] });
    expect(state.requests).toEqual([]);
    expect(recordingView(recording)).toMatchObject({ percentComplete: 100, durationMilliseconds: 1_800_000, bytes: '220', renditions: [{ part: 1, name: 'hls-720p30', heightPixels: 720 }, { part: 2 }] });
  });

  it('is waited for while it grows, and while it should be there soon', async () => {
    const { ended: _ended, ...growing } = recorded(0);
    const { submit, follow, state } = setUp({ found: [] });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [] });
    state.found = [growing];
    expect(await follow()).toMatchObject({ status: 'PROCESSING' });
    state.found = [recorded(0)];
    expect(await follow()).toMatchObject({ status: 'READY' });
  });

  it('is not waited for without end where nobody has told the end of its stream', async () => {
    const { submit, deps, state } = setUp({ found: [] });
    const [session] = await deps.cam.sessions.list(itemIds.breakout);
    const { endedAt: _endedAt, ...endless } = session!;
    deps.cam.sessions.list = async () => [endless];

    expect(await submit()).toMatchObject({ status: 'PROCESSING' });
    state.now = '2026-11-23T10:41:31Z';
    expect(await submit()).toMatchObject({ status: 'FAILED', failure: { code: 'recording-not-started' } });
  });

  it('becomes an MP4 by a conversion of its playlists, which leaves its HLS where it is', async () => {
    const { submit, follow, state } = setUp({ breakout: { wantsMp4: true }, found: [recorded(0), recorded(1)] });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', formats: ['HLS', 'MP4'] });
    expect(state.requests).toMatchObject([{ formats: ['MP4'], sourceHeightPixels: 720, source: folders.map((folder) => ({ bucket: 'recordings', key: `${folder}media/hls/master.m3u8` })) }]);
    const recording = await follow();

    expect(recording).toMatchObject({ status: 'READY', jobs: [{ status: 'COMPLETE', outputs: [{ outputClass: { framesPerSecond: 30 } }] }] });
    expect(recording.files.map(({ format, part }) => [format, part])).toEqual([['HLS', 1], ['HLS', 2]]);
    expect(recording).not.toHaveProperty('archive');
  });

  it('has HLS alone where it is of fragmented MP4, and says why', async () => {
    const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, containerFormat: 'FRAGMENTED_MP4' } });
    const { submit } = setUp({ pipeline, breakout: { wantsMp4: true } });

    expect(await submit()).toMatchObject({ status: 'READY', formats: ['HLS'], failure: { code: 'format-not-possible' } });
  });

  it.each<[string, Given, Partial<Recording>]>([
    ['nothing, where nothing was streamed', { isStreamed: false, found: [] }, { status: 'NONE' }],
    ['a failure, where the service recorded nothing', { found: [], now: '2026-11-23T11:00:00Z' }, { status: 'FAILED', failure: { code: 'recording-not-started', message: 'the service recorded nothing of what was streamed: see the log for why' } }],
    ['what is there of one that broke off', { found: [recorded(0, { ended: { at: 0, durationMilliseconds: 1, failure: 'AccessDenied' } })] }, { status: 'READY', failure: { code: 'recording-broke-off', message: 'AccessDenied' } }],
    ['what is there of one that never ended', { found: [(({ ended: _ended, ...rest }) => rest)(recorded(0))], now: '2026-11-23T11:00:00Z' }, { status: 'READY', failure: { code: 'recording-not-ended', message: 'the service has not said that its recording ended' } }],
    ['no file of a show that was aborted, but what is charged', { breakout: { status: 'ABORTED' } }, { status: 'NONE', files: [], inPlace: [expect.objectContaining({ folder: folders[0] })] as never }],
  ])('is %s', async (_, given, expected) => {
    expect(await setUp(given).submit()).toMatchObject(expected);
  });
});

describe('access to what a Cam pipeline recorded', () => {
  const world = () => {
    const given = recordingWorld({ inPlace: [{ folder: folders[0]!, durationMilliseconds: 0, renditions: [] }], files: [{ format: 'HLS', part: 1, key: `${folders[0]!}media/hls/master.m3u8`, bytes: 1n, objects: 1 }, { format: 'MP4', part: 1, key: 'made.mp4', bytes: 1n, objects: 1 }] });
    const { breakoutId, recordingId, accountId, keyPrefix } = given.state.recording;
    return { ...given, keyPrefix, command: { caller: aCaller({ accountId }), breakoutId, recordingId } };
  };

  it('is by a token of the folder, below the account, the event and the breakout', async () => {
    const { deps, grants, command, keyPrefix } = world();

    const { files } = await playRecording(deps)(command);

    const subjects = grants.map(({ subject }) => subject);
    expect(subjects).toEqual([command.breakoutId, `${command.breakoutId}/${folders[0]!.slice(0, -1)}`]);
    expect(files.map(({ url }) => url)).toEqual([`https://vod/t/token1/${keyPrefix}${folders[0]!}media/hls/master.m3u8`, 'https://vod/t/token0/made.mp4']);
  });

  it('ends with its files, which are deleted in both places', async () => {
    const { deps, command, state } = world();
    const listed: string[] = [];

    await deleteRecording({ ...deps, objects: { ...deps.objects, list: async (_bucket, prefix) => (listed.push(prefix), state.objects.map((object) => ({ ...object, key: `${prefix}${object.key}` }))) } })(command);

    expect(listed).toEqual([state.recording.keyPrefix, folders[0]!]);
    expect(state.recording).toMatchObject({ status: 'DELETED', files: [] });
  });
});

describe('camRecordingFolder', () => {
  it.each([[`${folders[0]!}media/hls/master.m3u8`, folders[0]], ['acc_1/evt_1/bko_1/hls/show.m3u8', undefined], ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/', undefined]])('of %s is %s', (key, folder) => {
    expect(camRecordingFolder(key)).toBe(folder);
  });
});

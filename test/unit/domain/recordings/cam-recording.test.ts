import type { Breakout } from '../../../../lambda/domain/breakouts/breakout.ts';
import type { CamPipeline } from '../../../../lambda/domain/pipelines/cam-pipeline.ts';
import type { ServiceRecording } from '../../../../lambda/domain/recordings/cam/service-recordings.ts';
import type { ConversionRequest } from '../../../../lambda/domain/recordings/conversion-jobs.ts';
import { followConversion } from '../../../../lambda/domain/recordings/follow-conversion.ts';
import { recordingView } from '../../../../lambda/domain/recordings/recording-view.ts';
import type { Recording } from '../../../../lambda/domain/recordings/recording.ts';
import { submitConversion } from '../../../../lambda/domain/recordings/submit-conversion.ts';
import { NotFoundError } from '../../../../lambda/domain/shared/errors.ts';
import type { Interval } from '../../../../lambda/domain/usage/calendar-month.ts';
import type { StoredObject } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { aFragment, anInit, memoryMedia } from '../../../support/recordings/fragmented-media.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../../../support/shows/a-cam-plan.ts';
import { memoryLosses } from '../../../support/shows/memory-losses.ts';
import { memoryUnendedConversions } from '../../../support/recordings/memory-unended-conversions.ts';
import { aRecordingJob, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryCamSources } from '../../../support/usage/memory-cam-sources.ts';

const folders = ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/KlMnop3Q4rst/', 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/25/UvWxyz5A6bcd/'];

const master = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720\n720p30/playlist.m3u8\n';
const mediaOf = (end = '#EXT-X-ENDLIST\n'): string => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:2.000,\n0.ts\n#EXTINF:1.500,\n1.ts\n${end}`;

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
  /** What else the channel recorded. */
  readonly others?: readonly ServiceRecording[];
  /** The end of the service's media playlists. */
  readonly end?: string;
}

const setUp = ({ breakout = {}, pipeline = aCamPipeline(), found = [recorded(0)], now = '2026-11-23T10:36:00Z', isStreamed = true, others = [], end }: Given = {}) => {
  const state = { recording: undefined as Recording | undefined, requests: [] as ConversionRequest[], found, now };
  const source = { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' };
  const written = new Map<string, string>(folders.flatMap((folder) => [[`${folder}media/hls/master.m3u8`, master], [`${folder}media/hls/720p30/playlist.m3u8`, mediaOf(end)]] as const));
  const stored = (): readonly StoredObject[] => [...original, ...[...written.keys()].filter((key) => !original.some((object) => object.key === key)).map((key) => ({ key, bytes: 5n, storedAt: 0 }))];
  const original: readonly StoredObject[] = folders.flatMap((folder) =>
    ['events/recording-ended.json', 'media/hls/master.m3u8', 'media/hls/720p30/0.ts', 'media/hls/720p30/playlist.m3u8'].map((key, index) => ({ key: `${folder}${key}`, bytes: BigInt(10 ** index), storedAt: Date.parse('2026-11-23T10:05:30Z') })),
  );
  const deps = {
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED', wantsMp4: false, pipelineId: pipeline.pipelineId, ...breakout }) },
    runs: { list: async () => [] },
    pipelines: { get: async () => pipeline },
    cam: memoryCamSources({
      runs: [aCamRun({ breakoutId: itemIds.breakout, requestedAt: '2026-11-23T10:00:00.500Z', ended: { at: '2026-11-23T10:35:30.000Z', source: 'POLL' } })],
      sessions: isStreamed ? [aStreamSession({ breakoutId: itemIds.breakout, endedAt: '2026-11-23T10:35:00.000Z', source })] : [],
    }),
    serviceRecordings: { began: async (_bucket: string, _channelArn: string, { from, to }: Interval) => [...state.found, ...others].filter(({ startedAt }) => startedAt >= from && startedAt < to) },
    objects: { list: async (_bucket: string, prefix: string) => stored().filter(({ key }) => key.startsWith(prefix)) },
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
    unended: memoryUnendedConversions(),
    losses: memoryLosses(),
    archive: { release: async () => undefined },
    archiveDays: 30,
    media: { ...memoryMedia().media, read: async (_bucket: string, key: string) => (key.includes('init') ? anInit() : aFragment(0, 1)) },
    playlists: {
      read: async (_bucket: string, key: string) => {
        const text = written.get(key);
        if (text === undefined) throw new NotFoundError({ code: 'playlist-not-found', message: key });
        return text;
      },
      write: async (_bucket: string, key: string, text: string) => void written.set(key, text),
    },
    now: () => new Date(state.now),
  };
  return { state, deps, written, submit: () => submitConversion(deps)(itemIds.breakout, 1), follow: () => followConversion(deps)(itemIds.breakout, 1) };
};

describe('the recording of a show on a Cam pipeline', () => {
  it('is played where the service put it, without a conversion', async () => {
    const { submit, state, written } = setUp();
    const before = written.size;

    const recording = await submit();

    expect(recording).toMatchObject({ status: 'READY', jobs: [], inPlace: [{ folder: folders[0], durationMilliseconds: 900_000 }], files: [{ format: 'HLS', part: 1, key: `${folders[0]!}media/hls/master.m3u8`, bytes: 1110n, objects: 3 }] });
    expect([state.requests.length, written.size - before]).toEqual([0, 0]);
    expect(recordingView(recording)).toMatchObject({ percentComplete: 100, durationMilliseconds: 900_000, bytes: '1110', renditions: [{ part: 1, name: 'hls-720p30', heightPixels: 720 }] });
  });

  it('is one of all that the service recorded, which stays where it is', async () => {
    const { submit, written } = setUp({ found: [recorded(0), recorded(1)] });

    const recording = await submit();

    expect(recording).toMatchObject({ status: 'READY', files: [{ format: 'HLS', part: 1, key: `${folders[0]!}media/hls/whole.m3u8`, bytes: 2230n, objects: 8 }] });
    expect(written.get(`${folders[0]!}media/hls/whole.m3u8`)?.split('\n')).toEqual(expect.arrayContaining([expect.stringContaining('RESOLUTION=1280x720'), '720p30/whole.m3u8']));
    expect(written.get(`${folders[0]!}media/hls/720p30/whole.m3u8`)?.split('\n').filter((line) => !line.startsWith('#EXTINF'))).toEqual([
      '#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:2', '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-PLAYLIST-TYPE:VOD', '0.ts', '1.ts', '#EXT-X-DISCONTINUITY',
      ...[0, 1].map((number) => `../../../../../25/UvWxyz5A6bcd/media/hls/720p30/${number}.ts`), '#EXT-X-ENDLIST', '',
    ]);
    expect(recordingView(recording)).toMatchObject({ durationMilliseconds: 1_800_000, renditions: [{ part: 1 }, { part: 2 }] });
  });

  it('stays in parts where its channel recorded something else in between', async () => {
    const stranger = recorded(0, { folder: 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/22/StRanger1234/', startedAt: Date.parse('2026-11-23T10:22:00Z') });
    const { submit, deps } = setUp({ found: [recorded(0), recorded(1)], others: [stranger] });
    deps.cam.runs.list = async () => ['2026-11-23T10:00:00.500Z', '2026-11-23T10:24:00.000Z'].map((requestedAt, index) => aCamRun({ breakoutId: itemIds.breakout, requestedAt, ended: { at: index === 0 ? '2026-11-23T10:21:00.000Z' : '2026-11-23T10:35:30.000Z', source: 'POLL' } }));

    expect((await submit()).files.map(({ part, key }) => [part, key])).toEqual(folders.map((folder, index) => [index + 1, `${folder}media/hls/master.m3u8`]));
  });

  it.each<[string, Partial<ServiceRecording>, string]>([
    ['it broke off', { ended: { at: 0, durationMilliseconds: 0, failure: 'AccessDenied' } }, 'recording-broke-off'],
    ['nobody has said that it ended', { ended: undefined } as never, 'recording-not-ended'],
  ])('becomes an MP4 of what there is where %s', async (_, change, code) => {
    const { ended: _ended, ...rest } = recorded(0);
    const { submit, follow, state, written } = setUp({ breakout: { wantsMp4: true }, found: [{ ...rest, ...(change.ended && { ended: change.ended }) }], end: '', now: '2026-11-23T11:00:00Z' });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', inPlace: [{ durationMilliseconds: 2000 }], files: [{ key: `${folders[0]!}media/hls/ended.m3u8` }] });
    expect(state.requests).toMatchObject([{ source: [{ key: `${folders[0]!}media/hls/ended.m3u8` }] }]);
    expect(written.get(`${folders[0]!}media/hls/ended.m3u8`)).toContain('\n720p30/ended.m3u8\n');
    expect(written.get(`${folders[0]!}media/hls/720p30/ended.m3u8`)?.split('\n').slice(-5)).toEqual(['#EXT-X-PLAYLIST-TYPE:VOD', '#EXTINF:2.000,', '0.ts', '#EXT-X-ENDLIST', '']);
    expect(await follow()).toMatchObject({ status: 'READY', failure: { code } });
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

  it('is a failure at once, and nothing to convert, where the service could not begin it', async () => {
    const { submit, deps, state } = setUp({ breakout: { wantsMp4: true }, found: [], now: '2026-11-23T10:35:10Z' });
    const [session] = await deps.cam.sessions.list(itemIds.breakout);
    deps.cam.sessions.list = async () => [{ ...session!, isUnrecorded: true }, { ...session!, streamId: 'st-2', isNeverLive: true }];

    expect(await submit()).toMatchObject({ status: 'FAILED', failure: { code: 'recording-not-started' }, files: [], jobs: [] });
    expect(state.requests).toEqual([]);
  });

  it('is nothing at once, where no stream of the show was ever live', async () => {
    const { submit, deps } = setUp({ found: [], now: '2026-11-23T10:35:10Z' });
    const [session] = await deps.cam.sessions.list(itemIds.breakout);
    deps.cam.sessions.list = async () => [{ ...session!, isNeverLive: true }];

    expect(await submit()).toMatchObject({ status: 'NONE' });
  });

  it('says which streams are missing from it, where the service could not begin to record some', async () => {
    const { submit, deps } = setUp({ found: [recorded(0)] });
    const [session] = await deps.cam.sessions.list(itemIds.breakout);
    deps.cam.sessions.list = async () => [session!, { ...session!, streamId: 'st-2', isUnrecorded: true }];

    expect(await submit()).toMatchObject({ status: 'READY', failure: { code: 'recording-incomplete', message: expect.stringContaining('1 of 2 streams') } });
  });

  it('becomes an MP4 by a conversion of its playlists, which leaves its HLS where it is', async () => {
    const { submit, follow, state } = setUp({ breakout: { wantsMp4: true }, found: [recorded(0), recorded(1)] });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', formats: ['HLS', 'MP4'] });
    expect(state.requests).toMatchObject([{ formats: ['MP4'], sourceHeightPixels: 720, source: folders.map((folder) => ({ bucket: 'recordings', key: `${folder}media/hls/master.m3u8` })) }]);
    const recording = await follow();

    expect(recording).toMatchObject({ status: 'READY', jobs: [{ status: 'COMPLETE', outputs: [{ outputClass: { framesPerSecond: 30 } }] }] });
    expect(recording.files).toMatchObject([{ format: 'HLS', key: `${folders[0]!}media/hls/whole.m3u8` }]);
    expect(recording).not.toHaveProperty('archive');
  });

  it('is made into an MP4 without a conversion where it is of fragmented MP4', async () => {
    const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, containerFormat: 'FRAGMENTED_MP4' } });
    const { submit, state, written } = setUp({ pipeline, breakout: { wantsMp4: true } });
    written.set(`${folders[0]!}media/hls/720p30/playlist.m3u8`, '#EXTM3U\n#EXT-X-MAP:URI="init-0.mp4"\n#EXTINF:2.000,\n0.mp4\n#EXT-X-ENDLIST\n');

    expect(await submit()).toMatchObject({ status: 'READY', formats: ['HLS', 'MP4'], jobs: [], files: [{ format: 'HLS' }, { format: 'MP4', part: 1 }] });
    expect([state.requests, (await submit()).status]).toEqual([[], 'READY']);
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

  it('is told of once to whoever is on call, where it is not whole', async () => {
    const found = [recorded(0, { ended: { at: 0, durationMilliseconds: 1, failure: 'AccessDenied' } })];
    const [missing, broken, filmed, aborted] = [
      setUp({ found: [], now: '2026-11-23T11:00:00Z' }), setUp({ found }), setUp({ found, breakout: { wantsMp4: true } }), setUp({ found, breakout: { status: 'ABORTED' } }),
    ];
    for (const { submit, follow } of [missing, broken, filmed, aborted]) for (const look of [submit, submit, follow, follow]) await look();

    expect([missing, broken, filmed, aborted].map(({ deps }) => deps.losses.told.map(({ kind, message }) => `${kind} ${message.split(':')[0] ?? ''}`))).toEqual([
      ['RECORDING_FAILED the recording is FAILED, recording-not-started'],
      ['RECORDING_FAILED the recording is READY, recording-broke-off'],
      ['RECORDING_FAILED the recording is READY, recording-broke-off'],
      [],
    ]);
  });

  it('is no loss where it lacks only what its pipeline cannot make', async () => {
    const { submit, deps } = setUp({ pipeline: aCamPipeline({ channel: { ...aCamPipeline().channel, containerFormat: 'FRAGMENTED_MP4' } }), breakout: { recordingFormats: ['AUDIO'] } });

    expect(await submit()).toMatchObject({ status: 'READY', failure: { code: 'format-not-possible' } });
    expect(deps.losses.told).toEqual([]);
  });
});

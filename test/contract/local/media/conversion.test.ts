import {
  CancelJobCommand, CreateJobCommand, CreateJobTemplateCommand, CreateQueueCommand, GetJobCommand, GetQueueCommand, ListJobsCommand, MediaConvertClient,
  type Job, type JobSettings, type JobTemplateSettings,
} from '@aws-sdk/client-mediaconvert';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { s3PlaylistFiles } from '../../../../lambda/adapters/s3/s3-playlist-files.ts';
import { joinParts } from '../../../../lambda/domain/recordings/join-parts.ts';
import { probeMedia } from '../../../../local/media/processes/probe-media.ts';
import { timeScale } from '../../../../local/runtime/clock.ts';
import { createMediaConvertService, type MediaConvert } from '../../../../local/services/mediaconvert/mediaconvert-service.ts';
import { aRecording, aRecordingJob } from '../../../support/usage/a-show.ts';
import { archiveBucket, owner, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';

jest.setTimeout(60_000);

const roleArn = 'arn:aws:iam::123456789012:role/conversion';
const templateSettings: JobTemplateSettings = {
  TimecodeConfig: { Source: 'ZEROBASED' },
  OutputGroups: [{
    Name: 'mp4',
    OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: {} },
    Outputs: [{
      NameModifier: '-recording',
      ContainerSettings: { Container: 'MP4', Mp4Settings: { MoovPlacement: 'PROGRESSIVE_DOWNLOAD' } },
      VideoDescription: { CodecSettings: { Codec: 'H_264', H264Settings: { RateControlMode: 'QVBR', MaxBitrate: 1_000_000, QvbrSettings: { QvbrQualityLevel: 7 }, QualityTuningLevel: 'SINGLE_PASS', FramerateControl: 'INITIALIZE_FROM_SOURCE', GopSize: 2, GopSizeUnits: 'SECONDS' } } },
      AudioDescriptions: [{ AudioSourceName: 'Audio Selector 1', CodecSettings: { Codec: 'AAC', AacSettings: { Bitrate: 96_000, CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 } } }],
    }],
  }],
};

let stage: MediaStage;
let converter: MediaConvert;
let client: MediaConvertClient;

beforeAll(async () => {
  stage = await startMediaStage(({ state, clock, folder, eventSink, metricSink, roles }) => {
    converter = createMediaConvertService({ state, clock, scale: timeScale(Infinity), events: eventSink, metrics: metricSink, roles, owner, ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe', mediaFolder: folder });
    return [converter.service];
  });
  client = new MediaConvertClient(stage.settings);
  await converter.start();
  await client.send(new CreateJobTemplateCommand({ Name: 'mp4', Settings: templateSettings }));
  // Two archive files as a channel writes them: one transport stream, cut.
  const source = join(stage.folder, 'part');
  await promisify(execFile)('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=426x240:rate=30', '-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '5', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-keyint_min', '60',
    '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-f', 'segment', '-segment_time', '2', '-individual_header_trailer', '0', '-segment_format', 'mpegts', `${source}-%d.ts`,
  ]);
  for (const index of [0, 1, 2]) await put(`live/a.00000${index}.ts`, await readFile(`${source}-${index}.ts`));
});

afterAll(async () => {
  await converter.close();
  await stage.close();
});

const put = (Key: string, Body: Uint8Array) => stage.s3.send(new PutObjectCommand({ Bucket: archiveBucket, Key, Body }));
const video = { CodecSettings: { Codec: 'H_264' as const, H264Settings: { RateControlMode: 'QVBR' as const, MaxBitrate: 400_000, QualityTuningLevel: 'SINGLE_PASS' as const, GopSize: 2, GopSizeUnits: 'SECONDS' as const } } };
const audio = [{ AudioSourceName: 'Audio Selector 1', CodecSettings: { Codec: 'AAC' as const, AacSettings: { Bitrate: 96_000, CodingMode: 'CODING_MODE_2_0' as const, SampleRate: 48_000 } } }];
const settingsOf = (keys: readonly string[]): JobSettings => ({
  Inputs: keys.map((key) => ({ FileInput: `s3://${archiveBucket}/${key}`, TimecodeSource: 'ZEROBASED', VideoSelector: {}, AudioSelectors: { 'Audio Selector 1': { DefaultSelection: 'DEFAULT' } } })),
  OutputGroups: [{ OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: `s3://${archiveBucket}/recordings/show` } } }],
});
const submit = async (keys: readonly string[], more: { ClientRequestToken?: string; UserMetadata?: Record<string, string> } = {}): Promise<Job> =>
  (await client.send(new CreateJobCommand({ Role: roleArn, JobTemplate: 'mp4', Settings: settingsOf(keys), ...more }))).Job!;
const ended = async (id: string): Promise<Job> => {
  let job: Job | undefined;
  await stage.until(`job ${id} to end`, async () => {
    job = (await client.send(new GetJobCommand({ Id: id }))).Job;
    return job?.Status !== 'SUBMITTED' && job?.Status !== 'PROGRESSING';
  });
  return job!;
};
const lastEvent = (jobId: string) => stage.events.filter(({ detail }) => detail.jobId === jobId).at(-1)!;

describe('a conversion on local MediaConvert', () => {
  it('joins an archive into one MP4 of the same duration', async () => {
    const keys = [0, 1, 2].map((index) => `live/a.00000${index}.ts`);

    const { Id } = await submit(keys, { UserMetadata: { breakoutId: 'bko_1' } });
    const job = await ended(Id!);

    expect(job).toMatchObject({ Status: 'COMPLETE', JobPercentComplete: 100, UserMetadata: { breakoutId: 'bko_1' } });
    const detail = job.OutputGroupDetails![0]!.OutputDetails![0]!;
    expect(detail.VideoDetails).toEqual({ WidthInPx: 426, HeightInPx: 240 });
    expect(Math.abs(detail.DurationInMs! - 5000)).toBeLessThanOrEqual(34);
    const file = join(stage.folder, 'result.mp4');
    await writeFile(file, await (await stage.s3.send(new GetObjectCommand({ Bucket: archiveBucket, Key: 'recordings/show-recording.mp4' }))).Body!.transformToByteArray());
    const probe = await probeMedia('ffprobe', file);
    expect(probe.streams.map(({ codec_name: codec }) => codec)).toEqual(['h264', 'aac']);
    expect(lastEvent(Id!)).toMatchObject({
      source: 'aws.mediaconvert', detailType: 'MediaConvert Job State Change',
      detail: { status: 'COMPLETE', jobId: Id, userMetadata: { breakoutId: 'bko_1' }, outputGroupDetails: [{ type: 'FILE_GROUP', outputDetails: [{ outputFilePaths: [`s3://${archiveBucket}/recordings/show-recording.mp4`], durationInMs: detail.DurationInMs, videoDetails: { widthInPx: 426, heightInPx: 240 } }] }] },
    });
    expect(stage.metrics).toContainEqual(expect.objectContaining({ namespace: 'AWS/MediaConvert', name: 'SDOutputDuration', value: detail.DurationInMs }));
  });

  it('clips inputs at their timecodes', async () => {
    const settings = settingsOf(['live/a.000000.ts', 'live/a.000001.ts']);
    const Inputs = settings.Inputs!.map((input, index) => (index === 1 ? { ...input, InputClippings: [{ StartTimecode: '00:00:01:00', EndTimecode: '00:00:02:00' }] } : input));
    const { Job: made } = await client.send(new CreateJobCommand({ Role: roleArn, JobTemplate: 'mp4', Settings: { ...settings, Inputs } }));

    const { OutputGroupDetails } = await ended(made!.Id!);

    expect(Math.abs(OutputGroupDetails![0]!.OutputDetails![0]!.DurationInMs! - 3000)).toBeLessThanOrEqual(100);
  });

  it.each(['1:00', '00:00:01:12', '00:61:00:00'])('refuses a clipping at %s', async (StartTimecode) => {
    const settings = settingsOf(['live/a.000000.ts']);

    const refused = client.send(new CreateJobCommand({ Role: roleArn, JobTemplate: 'mp4', Settings: { ...settings, Inputs: [{ ...settings.Inputs![0]!, InputClippings: [{ StartTimecode }] }] } }));

    await expect(refused).rejects.toThrow(/startTimecode/);
  });

  it('makes parts whose playlists play as one', async () => {
    const hlsOf = (keys: readonly string[], folder: string): JobSettings => ({
      Inputs: settingsOf(keys).Inputs,
      OutputGroups: [{ Name: 'hls', OutputGroupSettings: { Type: 'HLS_GROUP_SETTINGS', HlsGroupSettings: { Destination: `s3://${archiveBucket}/${folder}hls/show`, SegmentLength: 2, MinSegmentLength: 0 } }, Outputs: [{ NameModifier: '_240p', ContainerSettings: { Container: 'M3U8' }, VideoDescription: { Width: 426, Height: 240, ...video }, AudioDescriptions: audio }] }],
    });
    const keyPrefix = 'joined/';
    for (const [keys, folder] of [[['live/a.000000.ts', 'live/a.000001.ts'], keyPrefix], [['live/a.000002.ts'], `${keyPrefix}part-2/`]] as const) {
      const { Job: made } = await client.send(new CreateJobCommand({ Role: roleArn, Settings: hlsOf(keys, folder) }));
      expect(await ended(made!.Id!)).toMatchObject({ Status: 'COMPLETE' });
    }

    await joinParts(s3PlaylistFiles(stage.s3), aRecording({ bucket: archiveBucket, keyPrefix, jobs: [1, 2].map((part) => aRecordingJob({ part })) }));

    const { Contents = [] } = await stage.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket, Prefix: keyPrefix }));
    for (const { Key = '' } of Contents) {
      await mkdir(dirname(join(stage.folder, Key)), { recursive: true });
      await writeFile(join(stage.folder, Key), await (await stage.s3.send(new GetObjectCommand({ Bucket: archiveBucket, Key }))).Body!.transformToByteArray());
    }
    const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', join(stage.folder, keyPrefix, 'show.m3u8')]);
    expect(Math.abs(Number.parseInt(stdout, 10) - 150)).toBeLessThanOrEqual(2);
  });

  const everyFormat: JobSettings = {
    Inputs: settingsOf(['live/a.000000.ts', 'live/a.000001.ts', 'live/a.000002.ts']).Inputs,
    OutputGroups: [
      {
        Name: 'hls',
        OutputGroupSettings: { Type: 'HLS_GROUP_SETTINGS', HlsGroupSettings: { Destination: `s3://${archiveBucket}/vod/hls/show`, SegmentLength: 2, MinSegmentLength: 0 } },
        Outputs: [240, 120].map((Height) => ({ NameModifier: `_${Height}p`, ContainerSettings: { Container: 'M3U8' }, VideoDescription: { Width: (Height * 16) / 9 - ((Height * 16) / 9) % 2, Height, ...video }, AudioDescriptions: audio })),
      },
      {
        Name: 'audio',
        OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: `s3://${archiveBucket}/vod/audio/show` } },
        Outputs: [{ Extension: 'm4a', ContainerSettings: { Container: 'MP4' }, AudioDescriptions: audio }],
      },
      {
        Name: 'thumbnails',
        OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: `s3://${archiveBucket}/vod/thumbnails/show` } },
        Outputs: [{ ContainerSettings: { Container: 'RAW' }, VideoDescription: { CodecSettings: { Codec: 'FRAME_CAPTURE', FrameCaptureSettings: { FramerateNumerator: 1, FramerateDenominator: 2, MaxCaptures: 100, Quality: 80 } } } }],
      },
    ],
  };

  it('makes HLS, sound alone and thumbnails in one job', async () => {
    const { Job: made } = await client.send(new CreateJobCommand({ Role: roleArn, Settings: everyFormat }));

    const job = await ended(made!.Id!);

    expect(job).toMatchObject({ Status: 'COMPLETE' });
    const [hls, sound, pictures] = job.OutputGroupDetails!.map(({ OutputDetails }) => OutputDetails!);
    expect(hls!.map(({ VideoDetails }) => VideoDetails?.HeightInPx)).toEqual([240, 120]);
    for (const { DurationInMs } of [...hls!, ...sound!, ...pictures!]) expect(Math.abs(DurationInMs! - 5000)).toBeLessThanOrEqual(70);
    expect(sound![0]!.VideoDetails).toBeUndefined();
    const { Contents } = await stage.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket, Prefix: 'vod/' }));
    expect(Contents!.map(({ Key }) => Key)).toEqual([
      'vod/audio/show.m4a',
      'vod/hls/show.m3u8', 'vod/hls/show_120p.m3u8', ...[1, 2, 3].map((part) => `vod/hls/show_120p_0000${part}.ts`), 'vod/hls/show_240p.m3u8', ...[1, 2, 3].map((part) => `vod/hls/show_240p_0000${part}.ts`),
      ...[0, 1, 2].map((picture) => `vod/thumbnails/show.000000${picture}.jpg`),
    ]);
    const playlist = await stage.s3.send(new GetObjectCommand({ Bucket: archiveBucket, Key: 'vod/hls/show.m3u8' }));
    expect(playlist.ContentType).toBe('application/vnd.apple.mpegurl');
    expect(await playlist.Body!.transformToString()).toMatch(/RESOLUTION=426x240\nshow_240p\.m3u8/);
    expect(lastEvent(job.Id!).detail).toMatchObject({ outputGroupDetails: [{ type: 'HLS_GROUP', playlistFilePaths: [`s3://${archiveBucket}/vod/hls/show.m3u8`] }, { type: 'FILE_GROUP' }, { type: 'FILE_GROUP' }] });
  });

  it('ends in ERROR with a code when an input is missing', async () => {
    const { Id } = await submit(['live/none.ts']);

    const job = await ended(Id!);

    expect(job).toMatchObject({ Status: 'ERROR', ErrorCode: 1404 });
    expect(job.ErrorMessage).toContain(`s3://${archiveBucket}/live/none.ts`);
    expect(lastEvent(Id!).detail).toMatchObject({ status: 'ERROR', errorCode: 1404 });
  });

  it('ends in ERROR when an input is no media', async () => {
    await put('live/garbage.ts', Buffer.from('no video at all'));

    const job = await ended((await submit(['live/garbage.ts'])).Id!);

    expect(job).toMatchObject({ Status: 'ERROR', ErrorCode: 1040 });
  });

  it('answers a repeated token with the first job', async () => {
    const first = await submit(['live/a.000000.ts'], { ClientRequestToken: 'once' });
    const second = await submit(['live/a.000000.ts'], { ClientRequestToken: 'once' });

    expect(second.Id).toBe(first.Id);
    expect(first.Id).toMatch(/^\d{13}-[a-z0-9]{6}$/);
    await ended(first.Id!);
  });

  it('cancels a job once', async () => {
    await submit(['live/a.000000.ts']);
    const { Id } = await submit(['live/a.000000.ts']);

    await client.send(new CancelJobCommand({ Id: Id! }));

    expect((await ended(Id!)).Status).toBe('CANCELED');
    await expect(client.send(new CancelJobCommand({ Id: Id! }))).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('lists jobs of a queue, the newest first', async () => {
    const { Queue } = await client.send(new CreateQueueCommand({ Name: 'shows' }));
    const { Job: job } = await client.send(new CreateJobCommand({ Role: roleArn, Queue: Queue!.Arn!, JobTemplate: 'mp4', Settings: settingsOf(['live/a.000000.ts']) }));

    const { Jobs } = await client.send(new ListJobsCommand({ Queue: 'shows' }));

    expect(Jobs!.map(({ Id }) => Id)).toEqual([job!.Id]);
    await ended(job!.Id!);
    expect((await client.send(new GetQueueCommand({ Name: 'shows' }))).Queue).toMatchObject({ SubmittedJobsCount: 0, ProgressingJobsCount: 0 });
  });

  it.each<[string, Partial<{ Role: string; JobTemplate: string | undefined; Queue: string; Settings: JobSettings }>, string, RegExp]>([
    ['an unknown template', { JobTemplate: 'none' }, 'NotFoundException', /none/],
    ['an unknown queue', { Queue: 'none' }, 'NotFoundException', /none/],
    ['a role that is none', { Role: 'nobody' }, 'BadRequestException', /role/],
    ['no input', { Settings: { ...settingsOf([]) } }, 'BadRequestException', /inputs/],
    ['more than 150 inputs', { Settings: settingsOf(Array.from({ length: 151 }, () => 'live/a.000000.ts')) }, 'BadRequestException', /got 151/],
    ['an empty clipping', { Settings: { ...settingsOf([]), Inputs: [{ FileInput: `s3://${archiveBucket}/x.ts`, InputClippings: [{ EndTimecode: '00:00:00:00' }] }] } }, 'BadRequestException', /inputClippings/],
    ['frame capture alone', { JobTemplate: undefined, Settings: { ...everyFormat, OutputGroups: everyFormat.OutputGroups!.slice(2) } }, 'BadRequestException', /another output/],
    ['HLS without a name modifier', { JobTemplate: undefined, Settings: { ...everyFormat, OutputGroups: [{ ...everyFormat.OutputGroups![0]!, Outputs: [{ ...everyFormat.OutputGroups![0]!.Outputs![0]!, NameModifier: undefined }] }] } }, 'BadRequestException', /nameModifier/],
    ['an input that is no URL', { Settings: { ...settingsOf([]), Inputs: [{ FileInput: '/etc/passwd' }] } }, 'BadRequestException', /s3:\/\//],
  ])('rejects a job with %s', async (_, change, name, message) => {
    const job = client.send(new CreateJobCommand({ Role: roleArn, JobTemplate: 'mp4', Settings: settingsOf(['live/a.000000.ts']), ...change }));

    await expect(job).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});

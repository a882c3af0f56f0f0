import {
  BadRequestException, CreateJobCommand, GetJobCommand, GetJobTemplateCommand, ListJobsCommand, MediaConvertClient, NotFoundException, type Job, type JobSettings,
} from '@aws-sdk/client-mediaconvert';
import { mockClient } from 'aws-sdk-client-mock';
import { mediaConvertConversionJobs } from '../../../../lambda/adapters/mediaconvert/mediaconvert-conversion-jobs.ts';
import { InvalidInputError, NotFoundError } from '../../../../lambda/domain/shared/errors.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const service = mockClient(MediaConvertClient);
const jobs = mediaConvertConversionJobs(new MediaConvertClient({ region: 'us-east-1' }), { jobTemplate: 'local-mp4', queueArn: 'arn:queue', roleArn: 'arn:role' });

const settings: JobSettings = {
  TimecodeConfig: { Source: 'ZEROBASED' },
  OutputGroups: [
    {
      Name: 'mp4',
      OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: {} },
      Outputs: [
        {
          NameModifier: '-recording',
          VideoDescription: { CodecSettings: { Codec: 'H_264', H264Settings: { QualityTuningLevel: 'SINGLE_PASS', FramerateControl: 'INITIALIZE_FROM_SOURCE' } } },
        },
      ],
    },
  ],
};

const request = {
  breakoutId: itemIds.breakout, eventId: itemIds.event, accountId: itemIds.account, attempt: 2, part: 1, tries: 3, formats: ['MP4' as const],
  source: [{ bucket: 'archive', key: 'a/1.ts' }, { bucket: 'archive', key: 'a/2.ts' }],
  destination: { bucket: 'recordings', keyPrefix: 'acc/evt/bko/' },
};

const aJob = (overrides: Partial<Job> = {}): Job => ({
  Id: 'job-1', Role: 'arn:role', Settings: settings, Status: 'COMPLETE',
  Timing: { StartTime: new Date('2026-11-23T11:00:00Z'), FinishTime: new Date('2026-11-23T11:05:00Z') },
  OutputGroupDetails: [{ OutputDetails: [{ DurationInMs: 61_033, VideoDetails: { WidthInPx: 854, HeightInPx: 480 } }] }],
  ...overrides,
});

beforeEach(() => service.reset());

describe('mediaConvertConversionJobs', () => {
  it('clips what is used of a file only in part, at whole seconds', async () => {
    service.on(GetJobTemplateCommand, { Name: 'local-mp4' }).resolves({ JobTemplate: { Name: 'local-mp4', Settings: settings } });
    service.on(CreateJobCommand).resolves({ Job: aJob() });

    await jobs.submit({ ...request, source: [{ bucket: 'archive', key: 'a/1.ts', clip: { fromMilliseconds: 3_723_400, toMilliseconds: 3_800_600 } }, { bucket: 'archive', key: 'a/2.ts' }] });

    const inputs = service.commandCalls(CreateJobCommand)[0]?.args[0].input.Settings?.Inputs;
    expect(inputs?.map(({ InputClippings }) => InputClippings)).toEqual([[{ StartTimecode: '01:02:03:00', EndTimecode: '01:03:21:00' }], undefined]);
  });

  it('makes a job of the template with the archive in order and the show on it', async () => {
    service.on(GetJobTemplateCommand, { Name: 'local-mp4' }).resolves({ JobTemplate: { Name: 'local-mp4', Settings: settings } });
    service.on(CreateJobCommand).resolves({ Job: aJob() });

    expect(await jobs.submit(request)).toBe('job-1');

    const metadata = { breakoutId: itemIds.breakout, eventId: itemIds.event, accountId: itemIds.account, attempt: '2', part: '1', tries: '3' };
    const input = service.commandCalls(CreateJobCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      AccelerationSettings: { Mode: 'DISABLED' }, Queue: 'arn:queue', Role: 'arn:role', ClientRequestToken: `${itemIds.breakout}-2-1-3`,
      UserMetadata: metadata, Tags: metadata, BillingTagsSource: 'JOB',
    });
    expect(input?.Settings?.Inputs?.map(({ FileInput }) => FileInput)).toEqual(['s3://archive/a/1.ts', 's3://archive/a/2.ts']);
    expect(input?.Settings?.OutputGroups?.[0]).toMatchObject({
      OutputGroupSettings: { FileGroupSettings: { Destination: 's3://recordings/acc/evt/bko/mp4/show' } },
      Outputs: settings.OutputGroups?.[0]?.Outputs,
    });
  });

  it('finds the job of a show among the queue’s newest', async () => {
    service
      .on(ListJobsCommand)
      .resolvesOnce({ Jobs: [aJob({ Id: 'other', UserMetadata: { breakoutId: itemIds.breakout, attempt: '2', part: '1', tries: '2' } })], NextToken: 'next' })
      .resolvesOnce({ Jobs: [aJob({ UserMetadata: { breakoutId: itemIds.breakout, attempt: '2', part: '1', tries: '3' } })] });

    expect(await jobs.find({ breakoutId: itemIds.breakout, attempt: 2, part: 1, tries: 3 })).toBe('job-1');
    expect(service.commandCalls(ListJobsCommand)[1]?.args[0].input).toMatchObject({ Queue: 'arn:queue', Order: 'DESCENDING', NextToken: 'next' });
  });

  it('finds none when the pages end', async () => {
    service.on(ListJobsCommand).resolves({ Jobs: [] });

    expect(await jobs.find({ breakoutId: itemIds.breakout, attempt: 2, part: 1, tries: 3 })).toBeUndefined();
  });

  it('reads durations and classes of an ended job', async () => {
    service.on(GetJobCommand, { Id: 'job-1' }).resolves({ Job: aJob() });

    expect(await jobs.get('job-1', 30)).toEqual({
      jobId: 'job-1', status: 'COMPLETE', percentComplete: 100, startedAt: '2026-11-23T11:00:00.000Z', finishedAt: '2026-11-23T11:05:00.000Z',
      outputs: [
        {
          name: 'mp4-0', durationMilliseconds: 61_033,
          outputClass: { isAccelerated: false, videoCodec: 'H_264', widthPixels: 854, heightPixels: 480, framesPerSecond: 30, qualityTuning: 'SINGLE_PASS' },
        },
      ],
    });
  });

  it.each([['SUBMITTED', 'RUNNING'], ['PROGRESSING', 'RUNNING'], ['ERROR', 'FAILED'], ['CANCELED', 'FAILED']] as const)('reads %s as %s', async (Status, status) => {
    service.on(GetJobCommand).resolves({ Job: aJob({ Status, ErrorCode: 1040, ErrorMessage: 'no such input' }) });

    expect(await jobs.get('job-1', 30)).toMatchObject({ status, outputs: [] });
  });

  it.each([undefined, NaN, -1])('leaves the duration %s of an output untold', async (DurationInMs) => {
    service.on(GetJobCommand).resolves({ Job: aJob({ OutputGroupDetails: [{ OutputDetails: [{ ...(DurationInMs === undefined ? {} : { DurationInMs }) }] }] }) });

    expect((await jobs.get('job-1', 30)).outputs.map((output) => 'durationMilliseconds' in output)).toEqual([false]);
  });

  it.each([[1040, false], [1404, true], [1517, true], [1999, true]])('says whether error %s passes', async (ErrorCode, isPassing) => {
    service.on(GetJobCommand).resolves({ Job: aJob({ Status: 'ERROR', ErrorCode, ErrorMessage: 'as it says' }) });

    expect((await jobs.get('job-1', 30)).failure).toEqual({ code: `conversion-error-${ErrorCode}`, message: 'as it says', isPassing });
  });

  it('leaves out renditions above the archive, but never the lowest', async () => {
    const rung = (Height: number) => ({ NameModifier: `_${Height}p`, VideoDescription: { Height } });
    const hls = { Name: 'hls', OutputGroupSettings: { Type: 'HLS_GROUP_SETTINGS' as const, HlsGroupSettings: {} }, Outputs: [rung(1080), rung(480), rung(240)] };
    service.on(GetJobTemplateCommand).resolves({ JobTemplate: { Name: 'local-mp4', Settings: { OutputGroups: [...settings.OutputGroups!, hls] } } });
    service.on(CreateJobCommand).resolves({ Job: aJob() });

    for (const sourceHeightPixels of [480, 120]) await jobs.submit({ ...request, formats: ['HLS'], sourceHeightPixels });

    const groups = service.commandCalls(CreateJobCommand).map(({ args }) => args[0].input.Settings?.OutputGroups ?? []);
    expect(groups.map((made) => made.map(({ Outputs }) => Outputs?.map(({ NameModifier }) => NameModifier)))).toEqual([[['_480p', '_240p']], [['_240p']]]);
  });

  it('fails as not found for a job that does not exist', async () => {
    service.on(GetJobCommand).rejects(new NotFoundException({ message: 'none', $metadata: {} }));

    await expect(jobs.get('job-9', 30)).rejects.toThrow(NotFoundError);
  });

  it('fails as invalid when the service refuses the job', async () => {
    service.on(GetJobTemplateCommand).resolves({ JobTemplate: { Name: 'local-mp4', Settings: settings } });
    service.on(CreateJobCommand).rejects(new BadRequestException({ message: '/inputs: too many', $metadata: {} }));

    await expect(jobs.submit(request)).rejects.toThrow(InvalidInputError);
  });
});

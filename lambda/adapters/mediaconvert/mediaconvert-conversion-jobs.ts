import {
  BadRequestException,
  CreateJobCommand,
  GetJobCommand,
  GetJobTemplateCommand,
  ListJobsCommand,
  NotFoundException,
  type Job,
  type MediaConvertClient,
} from '@aws-sdk/client-mediaconvert';
import type { ConversionJob, ConversionJobs, ConversionName, ConversionRequest } from '../../domain/recordings/conversion-jobs.ts';
import { InvalidInputError, NotFoundError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';
import { jobSettings } from './conversion-settings.ts';
import { outputsOf } from './job-outputs.ts';

/** Where conversions run, and as what. */
export interface ConversionPlace {
  readonly jobTemplate: string;
  readonly queueArn: string;
  readonly roleArn: string;
}

/** Pages of the newest jobs that are looked through for one that was made before: a show's own is among the last. */
const mostPages = 10;

/** What is on the job for those who see only the job: its event, its bill. */
const metadata = ({ breakoutId, eventId, accountId, attempt, part, tries }: ConversionRequest): Record<string, string> => ({
  breakoutId,
  eventId,
  accountId,
  attempt: String(attempt),
  part: String(part),
  tries: String(tries),
});

const isNamed = ({ UserMetadata: { breakoutId, attempt, part, tries } = {} }: Job, name: ConversionName): boolean =>
  breakoutId === name.breakoutId && attempt === String(name.attempt) && part === String(name.part) && tries === String(name.tries);

const create = async (client: Pick<MediaConvertClient, 'send'>, place: ConversionPlace, request: ConversionRequest): Promise<string> => {
  const { JobTemplate } = await calling('mediaconvert', () => client.send(new GetJobTemplateCommand({ Name: place.jobTemplate })));
  const { Job: job } = await calling('mediaconvert', () =>
    client.send(
      new CreateJobCommand({
        // The template is where settings are kept; as the job's template its lists would be laid over the job's by position.
        AccelerationSettings: { Mode: 'DISABLED' },
        Queue: place.queueArn,
        Role: place.roleArn,
        // Forgotten after a minute: `find` is what keeps a second job away.
        ClientRequestToken: `${request.breakoutId}-${request.attempt}-${request.part}-${request.tries}`,
        UserMetadata: metadata(request),
        Tags: metadata(request),
        BillingTagsSource: 'JOB',
        Settings: jobSettings(JobTemplate?.Settings ?? {}, request),
      }),
    ),
  );
  if (job?.Id === undefined) throw new TypeError(`MediaConvert made a job for ${request.breakoutId} without telling its id`);
  return job.Id;
};

const find = async (client: Pick<MediaConvertClient, 'send'>, queueArn: string, name: ConversionName): Promise<string | undefined> => {
  let token: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const input = { Queue: queueArn, Order: 'DESCENDING' as const, MaxResults: 20, ...(token === undefined ? {} : { NextToken: token }) };
    const { Jobs = [], NextToken } = await calling('mediaconvert', () => client.send(new ListJobsCommand(input)));
    const job = Jobs.find((listed) => isNamed(listed, name));
    if (job?.Id !== undefined) return job.Id;
    if (NextToken === undefined) return undefined;
    token = NextToken;
  }
  return undefined;
};

/** 1404: an input has gone since it was listed, and a new list will not have it. From 1500 on it is the service or S3 that failed. */
const isPassing = ({ Status, ErrorCode = 0 }: Job): boolean => Status === 'ERROR' && (ErrorCode === 1404 || ErrorCode >= 1500);

const jobOf = (jobId: string, job: Job, sourceFramesPerSecond: number | undefined): ConversionJob => {
  const startedAt = job.Timing?.StartTime?.toISOString();
  const finishedAt = job.Timing?.FinishTime?.toISOString();
  const times = { ...(startedAt === undefined ? {} : { startedAt }), ...(finishedAt === undefined ? {} : { finishedAt }) };
  const percentComplete = job.JobPercentComplete ?? 0;
  if (job.Status === 'COMPLETE') return { jobId, status: 'COMPLETE', percentComplete: 100, ...times, outputs: outputsOf(job, sourceFramesPerSecond) };
  if (job.Status !== 'ERROR' && job.Status !== 'CANCELED') return { jobId, status: 'RUNNING', percentComplete, ...times, outputs: [] };
  const code = job.Status === 'CANCELED' ? 'conversion-canceled' : `conversion-error-${job.ErrorCode ?? 'unknown'}`;
  const message = job.ErrorMessage ?? `job ${jobId} ended as ${job.Status}`;
  return { jobId, status: 'FAILED', percentComplete, ...times, outputs: [], failure: { code, message, isPassing: isPassing(job) } };
};

const refused = (jobTemplate: string, error: Error): InvalidInputError =>
  new InvalidInputError({ code: 'conversion-refused', message: `MediaConvert refused the job of template ${jobTemplate}: ${error.message}`, fields: [], cause: error });

/** Watches jobs of MediaConvert: `mediaconvert:GetJob` on jobs. */
export const mediaConvertJobWatch = (client: Pick<MediaConvertClient, 'send'>): Pick<ConversionJobs, 'get'> => ({
  get: async (jobId, sourceFramesPerSecond) => {
    try {
      const { Job: job } = await calling('mediaconvert', () => client.send(new GetJobCommand({ Id: jobId })));
      return jobOf(jobId, job ?? { Role: '', Settings: {} }, sourceFramesPerSecond);
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
      throw new NotFoundError({ code: 'conversion-not-found', message: `there is no conversion job ${jobId}`, cause: error });
    }
  },
});

/**
 * Converts by MediaConvert: `mediaconvert:GetJobTemplate` on the template, `mediaconvert:CreateJob` on the queue with
 * `mediaconvert:TagResource` on jobs and `iam:PassRole` on the role, `mediaconvert:ListJobs` on the queue,
 * `mediaconvert:GetJob` on jobs.
 */
export const mediaConvertConversionJobs = (client: Pick<MediaConvertClient, 'send'>, place: ConversionPlace): ConversionJobs => ({
  submit: async (request) => {
    try {
      return await create(client, place, request);
    } catch (error) {
      if (error instanceof BadRequestException || error instanceof NotFoundException) throw refused(place.jobTemplate, error);
      throw error;
    }
  },
  find: (name) => find(client, place.queueArn, name),
  ...mediaConvertJobWatch(client),
});

import type * as sdk from '@aws-sdk/client-mediaconvert';
import type { CreateJobRequest, Job } from '@aws-sdk/client-mediaconvert';
import type { Operations } from '../../gateway/define-service.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf, nameOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { badRequest, notFound } from './faults.ts';
import { defaultQueueName, type JobRecord, type TemplateRecord } from './records.ts';
import { mergeSettings } from './settings/merge-settings.ts';
import { readJobPlan } from './settings/read-job-plan.ts';

/** ClientRequestToken is remembered for one minute, as on AWS. */
const tokenMilliseconds = 60_000;
const pageSize = 20;

/** Operations on jobs. */
export const jobOperations = (controlPlane: ControlPlane): Operations<typeof sdk> => {
  const { records, queue, clock } = controlPlane;
  const existing = (id: string): JobRecord => {
    const job = records.jobs.get(id);
    if (job === undefined) throw notFound('job', id);
    return job;
  };
  const permission = (action: string) => (input: { readonly Id: string }, owner: ResourceOwner) => [{ action: `mediaconvert:${action}`, resources: [arnOf(owner, 'jobs', input.Id)] }];

  return {
    CreateJob: {
      permissions: ({ Role, Queue, JobTemplate }, owner) => [
        { action: 'mediaconvert:CreateJob', resources: [arnOf(owner, 'queues', nameOf(Queue ?? defaultQueueName)), ...(JobTemplate === undefined ? [] : [arnOf(owner, 'jobTemplates', nameOf(JobTemplate))])] },
        { action: 'iam:PassRole', resources: [Role] },
      ],
      handle: (input, owner) => {
        const repeated = [...records.jobs.values()].find(({ clientRequestToken, submittedAt }) =>
          clientRequestToken !== undefined && clientRequestToken === input.ClientRequestToken && clock.now() - submittedAt < tokenMilliseconds);
        if (repeated !== undefined) return { Job: describeJob(repeated, owner) };
        const job = newJob(controlPlane, input, owner);
        queue.submit(job);
        return { Job: describeJob(job, owner) };
      },
    },
    GetJob: { permissions: permission('GetJob'), handle: ({ Id }, owner) => ({ Job: describeJob(existing(Id), owner) }) },
    ListJobs: {
      permissions: ({ Queue }, owner) => [{ action: 'mediaconvert:ListJobs', resources: [arnOf(owner, 'queues', Queue === undefined ? undefined : nameOf(Queue))] }],
      handle: ({ Queue, Status, Order, MaxResults = pageSize, NextToken }, owner) => {
        const jobs = [...records.jobs.values()].filter((job) => (Queue === undefined || nameOf(job.queueArn) === nameOf(Queue)) && (Status === undefined || job.status === Status));
        if (Order !== 'ASCENDING') jobs.reverse();
        const from = Number(NextToken ?? 0);
        if (!Number.isInteger(from) || from < 0) throw badRequest(`NextToken ${JSON.stringify(NextToken)} is not one of this service`);
        const page = jobs.slice(from, from + Math.min(MaxResults, pageSize));
        return { Jobs: page.map((job) => describeJob(job, owner)), ...(from + page.length < jobs.length ? { NextToken: String(from + page.length) } : {}) };
      },
    },
    CancelJob: {
      permissions: permission('CancelJob'),
      handle: ({ Id }) => {
        queue.cancel(Id);
        return {};
      },
    },
  };
};

const newJob = ({ records, roles, clock, newSuffix }: ControlPlane, input: CreateJobRequest, owner: ResourceOwner): JobRecord => {
  const template = templateOf(records.templates, input.JobTemplate);
  const queueName = nameOf(input.Queue ?? template?.queueArn ?? defaultQueueName);
  if (records.queues.get(queueName) === undefined) throw notFound('queue', queueName);
  if (input.AccelerationSettings !== undefined && input.AccelerationSettings.Mode !== 'DISABLED') throw badRequest(`/accelerationSettings/mode: local mode cannot honour ${input.AccelerationSettings.Mode ?? ''}: allowed DISABLED`);
  const settings = mergeSettings(template?.settings, input.Settings ?? {});
  readJobPlan(settings);
  const id = `${clock.now()}-${newSuffix()}`;
  const roleArn = input.Role ?? '';
  try {
    roles.assume(roleArn, 'mediaconvert.amazonaws.com', `job-${id}`);
  } catch (error) {
    throw badRequest(`/role: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {
    id, status: 'SUBMITTED', roleArn, queueArn: arnOf(owner, 'queues', queueName), settings, percentComplete: 0, submittedAt: clock.now(),
    userMetadata: input.UserMetadata ?? {}, tags: input.Tags ?? {},
    statusUpdateSeconds: Number(/^SECONDS_(\d+)$/.exec(input.StatusUpdateInterval ?? '')?.[1] ?? 60),
    ...(template === undefined ? {} : { template: template.name }),
    ...(input.ClientRequestToken === undefined ? {} : { clientRequestToken: input.ClientRequestToken }),
  };
};

const templateOf = (templates: { get(name: string): TemplateRecord | undefined }, name: string | undefined): TemplateRecord | undefined => {
  if (name === undefined) return undefined;
  const template = templates.get(nameOf(name));
  if (template === undefined) throw notFound('job template', name);
  return template;
};

const describeJob = (job: JobRecord, owner: ResourceOwner): Job => ({
  Id: job.id,
  Arn: arnOf(owner, 'jobs', job.id),
  Status: job.status,
  Role: job.roleArn,
  Queue: job.queueArn,
  Settings: job.settings,
  UserMetadata: { ...job.userMetadata },
  CreatedAt: new Date(job.submittedAt),
  Priority: 0,
  RetryCount: 0,
  AccelerationSettings: { Mode: 'DISABLED' },
  AccelerationStatus: 'NOT_APPLICABLE',
  BillingTagsSource: 'QUEUE',
  JobPercentComplete: job.percentComplete,
  Timing: {
    SubmitTime: new Date(job.submittedAt),
    ...(job.startedAt === undefined ? {} : { StartTime: new Date(job.startedAt) }),
    ...(job.finishedAt === undefined ? {} : { FinishTime: new Date(job.finishedAt) }),
  },
  ...(job.template === undefined ? {} : { JobTemplate: arnOf(owner, 'jobTemplates', job.template) }),
  ...(job.clientRequestToken === undefined ? {} : { ClientRequestToken: job.clientRequestToken }),
  ...(job.status === 'PROGRESSING' && job.phase !== undefined ? { CurrentPhase: job.phase } : {}),
  ...(job.error === undefined ? {} : { ErrorCode: job.error.code, ErrorMessage: job.error.message }),
  ...(job.results === undefined ? {} : { OutputGroupDetails: job.results.map((outputs) => ({ OutputDetails: outputs.map(outputDetail) })) }),
});

const outputDetail = ({ durationMilliseconds, widthPixels, heightPixels }: NonNullable<JobRecord['results']>[number][number]) => ({
  DurationInMs: durationMilliseconds,
  ...(widthPixels === undefined || heightPixels === undefined ? {} : { VideoDetails: { WidthInPx: widthPixels, HeightInPx: heightPixels } }),
});

import type { JobPhase, JobSettings, JobStatus, JobTemplateSettings } from '@aws-sdk/client-mediaconvert';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A queue as it is kept. Times are milliseconds since the epoch. */
export interface QueueRecord {
  readonly name: string;
  readonly description?: string;
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A job template as it is kept. */
export interface TemplateRecord {
  readonly name: string;
  readonly description?: string;
  readonly category?: string;
  readonly queueArn?: string;
  readonly settings: JobTemplateSettings;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a job has written for one output. */
export interface OutputResult {
  /** The file, the playlist, or the first picture. */
  readonly path: string;
  /** Of an HLS group: the playlist of all its outputs. */
  readonly groupPlaylist?: string;
  readonly durationMilliseconds: number;
  /** Of all files that belong to it. */
  readonly bytes: number;
  readonly widthPixels?: number;
  readonly heightPixels?: number;
}

/** A job as it is kept. */
export interface JobRecord {
  readonly id: string;
  readonly status: JobStatus;
  readonly roleArn: string;
  readonly queueArn: string;
  readonly template?: string;
  /** Merged from template and job. */
  readonly settings: JobSettings;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly clientRequestToken?: string;
  readonly statusUpdateSeconds: number;
  readonly submittedAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly phase?: JobPhase;
  readonly percentComplete: number;
  readonly error?: { readonly code: number; readonly message: string };
  /** By output group, in the order of the settings. */
  readonly results?: readonly (readonly OutputResult[])[];
}

/** What MediaConvert remembers. */
export interface MediaConvertRecords {
  readonly queues: Collection<QueueRecord>;
  readonly templates: Collection<TemplateRecord>;
  readonly jobs: Collection<JobRecord>;
}

/** The queue that every account has. */
export const defaultQueueName = 'Default';

/** Opens the records. */
export const openRecords = (state: StateStore, now: number): MediaConvertRecords => {
  const queues = state.collection<QueueRecord>('mediaconvert/queues');
  if (queues.get(defaultQueueName) === undefined) queues.put(defaultQueueName, { name: defaultQueueName, status: 'ACTIVE', createdAt: now, tags: {} });
  return { queues, templates: state.collection('mediaconvert/job-templates'), jobs: state.collection('mediaconvert/jobs') };
};

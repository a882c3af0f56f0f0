import * as sdk from '@aws-sdk/client-mediaconvert';
import { randomBytes } from 'node:crypto';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { jobOperations } from './job-operations.ts';
import { JobQueue } from './jobs/job-queue.ts';
import { JobReports } from './jobs/job-reports.ts';
import { queueOperations } from './queue-operations.ts';
import { openRecords } from './records.ts';
import { tagOperations } from './tag-operations.ts';
import { templateOperations } from './template-operations.ts';

/** What MediaConvert is built from. */
export interface MediaConvertDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly roles: RoleSessions;
  readonly owner: ResourceOwner;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** For sources and results while a job runs. */
  readonly mediaFolder: string;
  readonly newSuffix?: () => string;
}

/** MediaConvert with its one encoder. */
export interface MediaConvert {
  readonly service: LocalService;
  /** Takes up unfinished jobs of an earlier process. The gateway must listen. */
  start(): Promise<void>;
  /** Ends the running conversion. */
  close(): Promise<void>;
}

/** Creates MediaConvert. */
export const createMediaConvertService = (dependencies: MediaConvertDependencies): MediaConvert => {
  const { state, clock, scale, events, metrics, roles, owner, ffmpegPath, ffprobePath, mediaFolder } = dependencies;
  const records = openRecords(state, clock.now());
  const queue = new JobQueue({ records, clock, scale, mediaFolder, reports: new JobReports(events, metrics, owner), tools: { ffmpegPath, ffprobePath, roles } });
  const controlPlane = { records, queue, roles, clock, newSuffix: dependencies.newSuffix ?? (() => randomBytes(3).toString('hex')) };
  return {
    service: defineService('mediaconvert', sdk, {
      ...queueOperations(controlPlane), ...templateOperations(controlPlane), ...jobOperations(controlPlane), ...tagOperations(controlPlane),
    }),
    start: async () => queue.resume(),
    close: () => queue.close(),
  };
};

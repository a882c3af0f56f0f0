import type * as sdk from '@aws-sdk/client-mediaconvert';
import type { Operations } from '../../gateway/define-service.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf, nameOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { badRequest, conflict, notFound } from './faults.ts';
import { defaultQueueName, type QueueRecord } from './records.ts';

/** Operations on queues: on-demand ones, which this machine works off together. */
export const queueOperations = ({ records, clock, queue: jobs }: ControlPlane): Operations<typeof sdk> => {
  const existing = (name: string): QueueRecord => {
    const queue = records.queues.get(nameOf(name));
    if (queue === undefined) throw notFound('queue', name);
    return queue;
  };
  const permission = (action: string) => (input: { readonly Name: string }, owner: ResourceOwner) => [{ action: `mediaconvert:${action}`, resources: [arnOf(owner, 'queues', input.Name)] }];
  const shown = (queue: QueueRecord, owner: ResourceOwner) => {
    const counts = [...records.jobs.values()].filter(({ queueArn }) => nameOf(queueArn) === queue.name).map(({ status }) => status);
    return {
      Arn: arnOf(owner, 'queues', queue.name), Name: queue.name, Status: queue.status, PricingPlan: 'ON_DEMAND' as const, CreatedAt: new Date(queue.createdAt),
      Type: queue.name === defaultQueueName ? 'SYSTEM' as const : 'CUSTOM' as const,
      ...(queue.description === undefined ? {} : { Description: queue.description }),
      SubmittedJobsCount: counts.filter((status) => status === 'SUBMITTED').length,
      ProgressingJobsCount: counts.filter((status) => status === 'PROGRESSING').length,
    };
  };

  return {
    CreateQueue: {
      permissions: permission('CreateQueue'),
      handle: ({ Name, Description, PricingPlan, Status, Tags, ReservationPlanSettings }, owner) => {
        if (PricingPlan === 'RESERVED' || ReservationPlanSettings !== undefined) throw badRequest('reserved queues cannot be had in local mode: use PricingPlan ON_DEMAND');
        if (records.queues.get(Name) !== undefined) throw conflict(`queue ${Name} exists already`);
        const queue: QueueRecord = { name: Name, status: Status ?? 'ACTIVE', createdAt: clock.now(), tags: Tags ?? {}, ...(Description === undefined ? {} : { description: Description }) };
        records.queues.put(Name, queue);
        return { Queue: shown(queue, owner) };
      },
    },
    GetQueue: { permissions: permission('GetQueue'), handle: ({ Name }, owner) => ({ Queue: shown(existing(Name), owner) }) },
    UpdateQueue: {
      permissions: permission('UpdateQueue'),
      handle: ({ Name, Description, Status }, owner) => {
        const queue = { ...existing(Name), ...(Description === undefined ? {} : { description: Description }), ...(Status === undefined ? {} : { status: Status }) };
        records.queues.put(queue.name, queue);
        jobs.wake();
        return { Queue: shown(queue, owner) };
      },
    },
    ListQueues: {
      permissions: (_, owner) => [{ action: 'mediaconvert:ListQueues', resources: [arnOf(owner, 'queues')] }],
      handle: (_, owner) => ({ Queues: [...records.queues.values()].map((queue) => shown(queue, owner)) }),
    },
    DeleteQueue: {
      permissions: permission('DeleteQueue'),
      handle: ({ Name }) => {
        const queue = existing(Name);
        if (queue.name === defaultQueueName) throw badRequest('the default queue cannot be deleted');
        records.queues.delete(queue.name);
        return {};
      },
    },
  };
};

import { createHash, randomUUID } from 'node:crypto';
import * as sqs from '@aws-sdk/client-sqs';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission, SchemaService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** What the service is made from. `baseUrl` begins the queues' URLs. */
export interface SqsServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly baseUrl: () => string;
}

interface MessageRecord {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly receipt?: string;
  readonly visibleAt: number;
  readonly received: number;
}

interface QueueRecord {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messages: readonly MessageRecord[];
}

/** SQS, as far as dead letters need it: standard queues whose messages can be sent, received and deleted. */
export interface SqsService extends SchemaService {
  /** Sends on behalf of a service, by the queue's ARN. @throws QueueDoesNotExist */
  deliver(queueArn: string, body: string): void;
}

const defaults = { VisibilityTimeout: '30', MessageRetentionPeriod: '345600' };
const largestBatch = 10;

const knownAttributes = [
  ...['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'ReceiveMessageWaitTimeSeconds', 'MaximumMessageSize'],
  ...['Policy', 'SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
];

const refuseUnknown = (attributes: Readonly<Record<string, string>> = {}): void => {
  const unknown = Object.keys(attributes).filter((name) => !knownAttributes.includes(name));
  if (unknown.length === 0) return;
  throw new sqs.InvalidAttributeName({ message: `Attribute ${unknown.join(', ')} is not implemented: known are ${knownAttributes.join(', ')}.`, $metadata: {} });
};

const nameOf = (queueUrlOrArn: string): string => queueUrlOrArn.split(/[/:]/).at(-1) ?? queueUrlOrArn;
const arnOf = (name: string, { region, accountId }: CallContext): string => `arn:aws:sqs:${region}:${accountId}:${name}`;
const permission = (action: string, queueUrl: string, context: CallContext): Permission[] => [{ action: `sqs:${action}`, resources: [arnOf(nameOf(queueUrl), context)] }];

/** The queues, with messages that are kept for as long as the queue says. */
const openQueues = ({ state, clock }: SqsServiceDeps) => {
  const queues: Collection<QueueRecord> = state.collection('sqs/queues');
  const find = (urlOrArn: string): QueueRecord => {
    const queue = queues.get(nameOf(urlOrArn));
    if (!queue) throw new sqs.QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} });
    const oldest = clock.now() - Number(queue.attributes['MessageRetentionPeriod']) * 1000;
    return { ...queue, messages: queue.messages.filter(({ sentAt }) => sentAt > oldest) };
  };
  const put = (queue: QueueRecord): void => queues.put(queue.name, queue);
  const send = (urlOrArn: string, body: string): MessageRecord => {
    const queue = find(urlOrArn);
    const message = { id: randomUUID(), body, sentAt: clock.now(), visibleAt: clock.now(), received: 0 };
    put({ ...queue, messages: [...queue.messages, message] });
    return message;
  };
  return { find, put, send, get: (name: string) => queues.get(name), list: () => [...queues.values()] };
};

type Queues = ReturnType<typeof openQueues>;

const messageOperations = (queues: Queues, { clock }: SqsServiceDeps): Operations<typeof sqs> => ({
  SendMessage: {
    permissions: ({ QueueUrl }, context) => permission('SendMessage', QueueUrl, context),
    handle: ({ QueueUrl, MessageBody }) => {
      const { id, body } = queues.send(QueueUrl, MessageBody);
      return { MessageId: id, MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
    },
  },
  ReceiveMessage: {
    permissions: ({ QueueUrl }, context) => permission('ReceiveMessage', QueueUrl, context),
    handle: ({ QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }) => {
      const queue = queues.find(QueueUrl);
      const hiddenUntil = clock.now() + (VisibilityTimeout ?? Number(queue.attributes['VisibilityTimeout'])) * 1000;
      const taken = queue.messages
        .filter(({ visibleAt }) => visibleAt <= clock.now())
        .slice(0, Math.min(MaxNumberOfMessages, largestBatch))
        .map((message) => ({ ...message, receipt: randomUUID(), visibleAt: hiddenUntil, received: message.received + 1 }));
      const byId = new Map(taken.map((message) => [message.id, message]));
      queues.put({ ...queue, messages: queue.messages.map((message) => byId.get(message.id) ?? message) });
      return {
        Messages: taken.map(({ id, body, receipt, sentAt, received }) => ({
          MessageId: id,
          ReceiptHandle: receipt,
          Body: body,
          MD5OfBody: createHash('md5').update(body).digest('hex'),
          Attributes: { SentTimestamp: String(sentAt), ApproximateReceiveCount: String(received) },
        })),
      };
    },
  },
  DeleteMessage: {
    permissions: ({ QueueUrl }, context) => permission('DeleteMessage', QueueUrl, context),
    handle: ({ QueueUrl, ReceiptHandle }) => {
      const queue = queues.find(QueueUrl);
      queues.put({ ...queue, messages: queue.messages.filter(({ receipt }) => receipt !== ReceiptHandle) });
      return {};
    },
  },
});

const queueOperations = (queues: Queues, { baseUrl }: SqsServiceDeps): Operations<typeof sqs> => {
  const urlOf = (name: string, { accountId }: CallContext): string => `${baseUrl()}/${accountId}/${name}`;
  return {
    CreateQueue: {
      permissions: ({ QueueName }, context) => permission('CreateQueue', QueueName, context),
      handle: ({ QueueName, Attributes }, context) => {
        refuseUnknown(Attributes);
        if (!queues.get(QueueName)) queues.put({ name: QueueName, attributes: { ...defaults, ...Attributes }, messages: [] });
        return { QueueUrl: urlOf(QueueName, context) };
      },
    },
    GetQueueUrl: {
      permissions: ({ QueueName }, context) => permission('GetQueueUrl', QueueName, context),
      handle: ({ QueueName }, context) => ({ QueueUrl: urlOf(queues.find(QueueName).name, context) }),
    },
    ListQueues: {
      permissions: () => [{ action: 'sqs:ListQueues', resources: ['*'] }],
      handle: (_input, context) => ({ QueueUrls: queues.list().map(({ name }) => urlOf(name, context)) }),
    },
    SetQueueAttributes: {
      permissions: ({ QueueUrl }, context) => permission('SetQueueAttributes', QueueUrl, context),
      handle: ({ QueueUrl, Attributes }) => {
        refuseUnknown(Attributes);
        const queue = queues.find(QueueUrl);
        queues.put({ ...queue, attributes: { ...queue.attributes, ...Attributes } });
        return {};
      },
    },
    GetQueueAttributes: {
      permissions: ({ QueueUrl }, context) => permission('GetQueueAttributes', QueueUrl, context),
      handle: ({ QueueUrl, AttributeNames = [] }, context) => {
        const { name, attributes, messages } = queues.find(QueueUrl);
        const all: Record<string, string> = { ...attributes, QueueArn: arnOf(name, context), ApproximateNumberOfMessages: String(messages.length) };
        const wanted = AttributeNames.includes('All') ? Object.keys(all) : AttributeNames.filter((attribute) => attribute in all);
        return { Attributes: Object.fromEntries(wanted.map((attribute) => [attribute, all[attribute] ?? ''])) };
      },
    },
  };
};

/** Opens the queues kept in the state. */
export const createSqsService = (deps: SqsServiceDeps): SqsService => {
  const queues = openQueues(deps);
  const service = defineService('sqs', sqs, { ...queueOperations(queues, deps), ...messageOperations(queues, deps) });
  return { ...service, deliver: (queueArn, body) => void queues.send(queueArn, body) };
};

import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { announcementSchema, type AnnouncementMessage } from '../../../lambda/contract/announcements.ts';
import { answerOnce } from './plans.ts';
import type { StageAccess } from './stage-driver.ts';

/** A queue that has subscribed to a stage's announcements. */
export interface Announced {
  /** Waits for one that is as wanted; those before it are gone through and kept. */
  once(what: string, isWanted: (announcement: AnnouncementMessage) => boolean): Promise<AnnouncementMessage>;
  /** All that have been received so far. */
  readonly received: readonly AnnouncementMessage[];
  close(): void;
}

const announcementsTopic = async (sns: SNSClient): Promise<string> => {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const arn = Topics.map(({ TopicArn = '' }) => TopicArn).find((topicArn) => topicArn.endsWith('-announcements'));
  if (arn === undefined) throw new Error('the stage has no topic of announcements');
  return arn;
};

const subscribedQueue = async (sns: SNSClient, sqs: SQSClient): Promise<string> => {
  const topicArn = await announcementsTopic(sns);
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*', Condition: { ArnEquals: { 'aws:SourceArn': topicArn } } }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'journey-announcements', Attributes: { Policy } }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'], Attributes: { RawMessageDelivery: 'true' } }));
  return QueueUrl;
};

/** Subscribes a new queue to the stage's announcements. */
export const subscribeToAnnouncements = async (access: StageAccess): Promise<Announced> => {
  const [sns, sqs] = [new SNSClient(access), new SQSClient(access)];
  const QueueUrl = await subscribedQueue(sns, sqs);
  const received: AnnouncementMessage[] = [];
  const receive = async (): Promise<void> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      received.push(announcementSchema.parse(JSON.parse(Body)));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  };
  return {
    received,
    once: (what, isWanted) =>
      answerOnce(what, 60, async () => {
        await receive();
        return received.find(isWanted);
      }),
    close: () => {
      sns.destroy();
      sqs.destroy();
    },
  };
};

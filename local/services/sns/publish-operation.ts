import { randomUUID } from 'node:crypto';
import type * as sns from '@aws-sdk/client-sns';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import type { Clock } from '../../runtime/clock.ts';
import { compilePattern } from '../eventbridge/event-pattern.ts';
import type { TargetInvoker } from '../eventbridge/target-invoker.ts';
import { notificationFor, type PublishedMessage } from './notification.ts';
import { invalidParameter, onTopic, type SubscriptionRecord, type Topics } from './topics.ts';

/** Delivers what is published. */
export interface PublishDeps {
  readonly clock: Clock;
  /** Invokes queues and functions as `sns.amazonaws.com`. */
  readonly invokeTarget: TargetInvoker;
  /** Told of a subscriber that did not take a message. */
  readonly onLost: (lost: { readonly error: unknown }) => void;
}

type PublishInput = InputOf<typeof sns, 'Publish'>;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const mostBytes = 262_144;
const subjectShape = /^[!-~][ -~]{0,99}$/;

const refuse = ({ TargetArn, PhoneNumber, MessageStructure, MessageGroupId, Message, Subject }: PublishInput): void => {
  const unsupported = Object.entries({ TargetArn, PhoneNumber, MessageStructure, MessageGroupId }).filter(([, value]) => value !== undefined);
  for (const [name] of unsupported) throw invalidParameter(name, 'not implemented: messages of one text go to standard topics');
  if (Message === '') throw invalidParameter('Message', 'Empty message');
  if (Buffer.byteLength(Message) > mostBytes) throw invalidParameter('Message', `Message too long: ${Buffer.byteLength(Message)} bytes, at most ${mostBytes}`);
  if (Subject !== undefined && !subjectShape.test(Subject)) throw invalidParameter('Subject', 'expected 1 to 100 printable ASCII characters that begin with no space');
};

const listOf = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('MessageAttributes', `${name} is no list in JSON: ${text}`);
  }
};

const filterValue = (name: string, { DataType, StringValue }: sns.MessageAttributeValue): unknown => {
  if (StringValue === undefined) return undefined;
  if (DataType === 'Number') return Number(StringValue);
  return DataType === 'String.Array' ? listOf(name, StringValue) : StringValue;
};

/** What filters see: each attribute as its value. */
const filtered = (attributes: PublishedMessage['attributes']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, filterValue(name, attribute)]));

const isWanted = ({ attributes: { FilterPolicy } }: SubscriptionRecord, message: PublishedMessage): boolean =>
  FilterPolicy === undefined || compilePattern(FilterPolicy)(filtered(message.attributes));

/** Publishing: every subscriber whose filter lets it through is sent the message, each alone. */
export const publishOperation = ({ topic, subscribersOf }: Topics, { clock, invokeTarget, onLost }: PublishDeps): Operations<typeof sns> => ({
  Publish: {
    permissions: ({ TopicArn }) => onTopic('Publish', TopicArn),
    handle: (input) => {
      refuse(input);
      const { TopicArn, Message: message, Subject: subject, MessageAttributes: attributes = {} } = input;
      if (TopicArn === undefined) throw invalidParameter('TopicArn', 'no value for required parameter');
      const { arn: topicArn } = topic(TopicArn);
      const published = { messageId: randomUUID(), topicArn, message, attributes, publishedAt: clock.now(), ...(subject !== undefined && { subject }) };
      for (const subscriber of subscribersOf(topicArn).filter((one) => isWanted(one, published))) {
        invokeTarget(subscriber.endpoint, notificationFor(published, subscriber), { sourceArn: topicArn }).catch((error: unknown) => onLost({ error }));
      }
      return { MessageId: published.messageId };
    },
  },
});

import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { SubscriptionRecord } from './topics.ts';

/** What was published. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** Milliseconds since the Unix epoch. */
  readonly publishedAt: number;
}

/** Nothing is signed here: messages do not leave the machine. */
const signature = { SignatureVersion: '1', Signature: 'local' } as const;

const attributesOf = (attributes: PublishedMessage['attributes']) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? (BinaryValue === undefined ? '' : Buffer.from(BinaryValue).toString('base64')) },
    ]),
  );

const linksOf = (topicArn: string, subscriptionArn: string) => {
  const host = `https://sns.${topicArn.split(':')[3] ?? ''}.amazonaws.com`;
  return { certificate: `${host}/SimpleNotificationService-local.pem`, unsubscribe: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}` };
};

/** What a queue receives. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const queueBody = ({ messageId, topicArn, subject, message, attributes, publishedAt }: PublishedMessage, subscriptionArn: string): string => {
  const { certificate, unsubscribe } = linksOf(topicArn, subscriptionArn);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(publishedAt).toISOString(),
    ...signature,
    SigningCertURL: certificate,
    UnsubscribeURL: unsubscribe,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributesOf(attributes) }),
  });
};

/** What a function receives. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
const functionEvent = ({ messageId, topicArn, subject, message, attributes, publishedAt }: PublishedMessage, subscriptionArn: string): string => {
  const { certificate, unsubscribe } = linksOf(topicArn, subscriptionArn);
  const Sns = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: subject ?? null,
    Message: message,
    Timestamp: new Date(publishedAt).toISOString(),
    ...signature,
    SigningCertUrl: certificate,
    UnsubscribeUrl: unsubscribe,
    MessageAttributes: attributesOf(attributes),
  };
  return JSON.stringify({ Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns }] });
};

/** What a subscriber receives of a message, as text. */
export const notificationFor = (message: PublishedMessage, { arn, protocol, attributes }: SubscriptionRecord): string => {
  if (protocol === 'lambda') return functionEvent(message, arn);
  return attributes['RawMessageDelivery'] === 'true' ? message.message : queueBody(message, arn);
};

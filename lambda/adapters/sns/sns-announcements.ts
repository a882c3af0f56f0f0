import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type AnnouncementMessage, announcementSchema } from '../../contract/announcements.ts';
import type { Announcement, Announcements } from '../../domain/monitoring/announcements.ts';
import { calling } from '../service-faults.ts';

const headlines: Readonly<Record<Announcement['kind'], string>> = {
  INPUT_LOST: 'Input lost',
  FAILED_OVER: 'Failed over',
  RECOVERED: 'Recovered',
  RECORDING_FAILED: 'Not recorded',
  STOPPED_BY_GUARD: 'Show stopped',
  ORPHAN_CHANNEL: 'Channel runs for nobody',
};

// SNS takes 1 to 100 characters of printable ASCII: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
const longestSubject = 100;

/** `Input lost: Opening (pl_main)`, for the subject of an e-mail. */
export const subjectOf = ({ kind, show, pipelineId }: Announcement): string => {
  const end = ` (${pipelineId})`;
  const title = show === undefined ? '' : `: ${show.title}`;
  const printable = `${headlines[kind]}${title}`.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[^\x20-\x7E]/g, '?');
  return `${printable.slice(0, longestSubject - end.length)}${end}`;
};

/** Publishes on a topic. IAM: sns:Publish on it. */
export const snsAnnouncements = (client: SNSClient, TopicArn: string): Announcements => ({
  async publish(announcement) {
    const message: AnnouncementMessage = announcementSchema.parse({ schemaVersion: 1, ...announcement });
    const attributes = { kind: announcement.kind, ...(announcement.show === undefined ? {} : { accountId: announcement.show.accountId }) };
    await calling('sns', () =>
      client.send(
        new PublishCommand({
          TopicArn,
          Subject: subjectOf(announcement),
          Message: JSON.stringify(message),
          MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }])),
        }),
      ),
    );
  },
});

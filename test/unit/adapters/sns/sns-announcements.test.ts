import { InternalErrorException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { snsAnnouncements, subjectOf } from '../../../../lambda/adapters/sns/sns-announcements.ts';
import { announcementSchema } from '../../../../lambda/contract/announcements.ts';
import type { Announcement } from '../../../../lambda/domain/monitoring/announcements.ts';

const sns = mockClient(SNSClient);
const topic = 'arn:aws:sns:us-east-1:123456789012:announcements';
const announcements = snsAnnouncements(new SNSClient({ region: 'us-east-1', maxAttempts: 1 }), topic);

const anAnnouncement = (overrides: Partial<Announcement> = {}): Announcement => ({
  id: 'bko_1-e1', kind: 'FAILED_OVER', at: '2026-11-23T10:10:03.000Z', pipelineId: 'pl_main', message: 'pipeline 0 failed over to input backup',
  show: { breakoutId: 'bko_1', eventId: 'evt_1', accountId: 'acc_mine', title: 'Opening' }, pipeline: '0', input: 'backup', ...overrides,
});

beforeEach(() => sns.reset());

describe('announcements', () => {
  it('are published as JSON of a known version, with attributes to filter by', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' });

    await announcements.publish(anAnnouncement());

    const { Message, ...input } = sns.commandCalls(PublishCommand)[0]!.args[0].input;
    expect(announcementSchema.parse(JSON.parse(Message!))).toEqual({ schemaVersion: 1, ...anAnnouncement() });
    expect(input).toEqual({
      TopicArn: topic,
      Subject: 'Failed over: Opening (pl_main)',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'FAILED_OVER' }, accountId: { DataType: 'String', StringValue: 'acc_mine' } },
    });
  });

  it('of no show carry no account', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' });
    const { show: _, ...orphan } = anAnnouncement({ kind: 'ORPHAN_CHANNEL' });

    await announcements.publish(orphan);

    expect(sns.commandCalls(PublishCommand)[0]!.args[0].input.MessageAttributes).toEqual({ kind: { DataType: 'String', StringValue: 'ORPHAN_CHANNEL' } });
  });

  it('fail as unavailable when the topic cannot be reached', async () => {
    sns.on(PublishCommand).rejects(new InternalErrorException({ message: 'later', $metadata: {} }));

    await expect(announcements.publish(anAnnouncement())).rejects.toMatchObject({ kind: 'Unavailable', code: 'sns-unavailable' });
  });

  it('have a subject of printable ASCII, of a hundred characters at most', () => {
    const subject = subjectOf(anAnnouncement({ show: { breakoutId: 'bko_1', eventId: 'evt_1', accountId: 'acc_mine', title: `Café\n日本${'x'.repeat(200)}` } }));

    expect(subject).toMatch(/^Failed over: Cafe\?\?\?x+ \(pl_main\)$/);
    expect(subject).toHaveLength(100);
  });
});

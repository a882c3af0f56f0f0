import { DescribeChannelCommand, DescribeThumbnailsCommand, ListAlertsCommand, MediaLiveClient, NotFoundException } from '@aws-sdk/client-medialive';
import { mockClient } from 'aws-sdk-client-mock';
import { mediaLiveChannelWatch } from '../../../../lambda/adapters/medialive/channel-watch.ts';

const medialive = mockClient(MediaLiveClient);
const watch = mediaLiveChannelWatch(new MediaLiveClient({ region: 'us-east-1' }));
const setAt = new Date('2026-11-23T10:10:00.250Z');

beforeEach(() => medialive.reset());

describe('looking at a channel', () => {
  it('tells its state and what each pipeline takes', async () => {
    medialive.on(DescribeChannelCommand).resolves({
      State: 'RECOVERING',
      PipelineDetails: [{ PipelineId: '0', ActiveInputAttachmentName: 'primary', ActiveInputSwitchActionName: '' }, { PipelineId: '1', ActiveInputAttachmentName: 'backup', ActiveInputSwitchActionName: 'to-backup' }],
    });

    expect(await watch.look('1')).toEqual({ state: 'RUNNING', active: [{ pipeline: '0', input: 'primary' }, { pipeline: '1', input: 'backup', action: 'to-backup' }] });
  });

  it('rejects a channel that is not there', async () => {
    medialive.on(DescribeChannelCommand).rejects(new NotFoundException({ message: 'gone', $metadata: {} }));

    await expect(watch.look('1')).rejects.toMatchObject({ code: 'channel-not-found' });
  });

  it('lists alerts of all pages, with when they were set and cleared', async () => {
    medialive.on(ListAlertsCommand, { ChannelId: '1', StateFilter: 'ALL' }).resolves({ NextToken: 'more', Alerts: [{ Id: 'a', AlertType: 'Video Not Detected', PipelineId: '0', Message: 'm', State: 'SET', SetTimestamp: setAt }] });
    medialive.on(ListAlertsCommand, { ChannelId: '1', StateFilter: 'ALL', NextToken: 'more' }).resolves({
      Alerts: [{ Id: 'b', AlertType: 'Input Failed Over', PipelineId: '1', State: 'CLEARED', SetTimestamp: setAt, ClearedTimestamp: new Date('2026-11-23T10:11:00Z') }, { AlertType: 'without an id' }],
    });

    expect(await watch.alerts('1', 'ALL')).toEqual([
      { alertId: 'a', alertType: 'Video Not Detected', pipeline: '0', message: 'm', setAt: '2026-11-23T10:10:00.250Z' },
      { alertId: 'b', alertType: 'Input Failed Over', pipeline: '1', message: '', setAt: '2026-11-23T10:10:00.250Z', clearedAt: '2026-11-23T10:11:00.000Z' },
    ]);
  });

  it('tells the latest still of a pipeline, or that there is none', async () => {
    const still = { Body: 'AAAA', ContentType: 'image/jpeg', TimeStamp: setAt };
    medialive.on(DescribeThumbnailsCommand, { PipelineId: '0' }).resolves({ ThumbnailDetails: [{ PipelineId: '0', Thumbnails: [still] }] });
    medialive.on(DescribeThumbnailsCommand, { PipelineId: '1' }).resolves({ ThumbnailDetails: [] });

    expect(await watch.thumbnail('1', '0')).toEqual({ contentType: 'image/jpeg', base64: 'AAAA', takenAt: '2026-11-23T10:10:00.250Z' });
    expect(await watch.thumbnail('1', '1')).toBeUndefined();
  });
});

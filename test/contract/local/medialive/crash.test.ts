import { DescribeChannelCommand, StartChannelCommand } from '@aws-sdk/client-medialive';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { cpSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStateStore } from '../../../../local/runtime/state/collection.ts';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { startEncoderStage } from '../../../support/media/encoder-stage.ts';
import { archiveBucket } from '../../../support/media/media-stage.ts';
import { createTwoInputChannel } from '../../../support/media/two-input-pipeline.ts';

jest.setTimeout(60_000);

/** What a process that is killed leaves behind is what its folder holds at that moment. */
const folderAt = (folder: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'crashed-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
};
const stateIn = (folder: string) => folderStateStore(join(folder, 'state'));

describe('MediaLive after a crash in mid-show', () => {
  it('finds two pipelines stopped and loses neither archive', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crash-'));
    const first = await startEncoderStage(stateIn(folder), folder);
    const { channelId } = await createTwoInputChannel(first, { channelClass: 'STANDARD' });
    await first.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
    await reaches(first, channelId, 'RUNNING');
    await first.until('chunks of both pipelines', () => [0, 1].every((endpoint) => first.packager.segments(endpoint).length > 1));
    const left = folderAt(folder);
    await first.close();
    renameSync(left, folder);

    const second = await startEncoderStage(stateIn(folder), folder);
    const keys = async () => ((await second.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket }))).Contents ?? []).filter(({ Size }) => Size! > 0).map(({ Key }) => Key!.slice(0, 7));
    await second.until('both archives', async () => (await keys()).length === 2);

    expect((await second.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).State).toBe('IDLE');
    expect(second.events.filter(({ detailType }) => detailType === 'MediaLive Channel State Change').map(({ detail }) => [detail['state'], detail['pipelines_running_count']])).toEqual([['STOPPED', 0]]);
    expect((await keys()).toSorted()).toEqual(['live/a-', 'live/b-']);
    await second.close();
  });
});

import { GetChannelCommand, GetStreamKeyCommand, TagResourceCommand } from '@aws-sdk/client-ivs';
import { ivsCamControl } from '../../../../lambda/adapters/ivs/cam-control.ts';
import { ivsStreamWatch } from '../../../../lambda/adapters/ivs/stream-watch.ts';
import { createCamChannel } from '../../../support/ivs/cam-channel.ts';
import { type IvsStage, startIvsStage } from '../../../support/ivs/ivs-stage.ts';

const unknownChannel = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';

describe('the control of Cam channels', () => {
  let stage: IvsStage;

  beforeAll(async () => {
    stage = await startIvsStage();
  });

  afterAll(() => stage.close());

  it('makes one key with the channel\'s tags, and another once it was deleted', async () => {
    const control = ivsCamControl(stage.ivs);
    const { arn } = await createCamChannel(stage);
    await stage.ivs.send(new TagResourceCommand({ resourceArn: arn, tags: { stage: 'test' } }));
    const first = await control.keyArn(arn);

    await control.deleteKey(arn);
    const key = await control.createKey(arn);
    const { streamKey } = await stage.ivs.send(new GetStreamKeyCommand({ arn: key.keyArn }));

    expect(first).not.toBe(key.keyArn);
    expect(await control.keyArn(arn)).toBe(key.keyArn);
    expect(streamKey).toMatchObject({ value: key.value, tags: { stage: 'test' } });
    await expect(control.createKey(arn)).rejects.toMatchObject({ name: 'Conflict', code: 'stream-key-exists' });
  });

  it('gives a key none of the tags that AWS itself put on the channel', async () => {
    const control = ivsCamControl(stage.ivs);
    const { arn } = await createCamChannel(stage, { tags: { stage: 'test' } });
    stage.service.tagAsAws(arn, { 'aws:cloudformation:stack-name': 'test-pl-cam', 'AWS:servicecatalog:portfolioArn': 'arn' });

    await control.deleteKey(arn);
    const { keyArn } = await control.createKey(arn);
    const { streamKey } = await stage.ivs.send(new GetStreamKeyCommand({ arn: keyArn }));
    const { channel: described } = await stage.ivs.send(new GetChannelCommand({ arn }));

    expect(Object.keys(described?.tags ?? {})).toHaveLength(3);
    expect(streamKey?.tags).toEqual({ stage: 'test' });
  });

  it('deletes keys and stops streams that are not there as if they were', async () => {
    const control = ivsCamControl(stage.ivs);
    const { arn } = await createCamChannel(stage);

    await control.deleteKey(arn);
    await control.deleteKey(arn);
    await control.stopStream(arn);

    expect(await control.keyArn(arn)).toBeUndefined();
  });

  it('sees that nothing streams', async () => {
    const watch = ivsStreamWatch(stage.ivs);
    const { arn } = await createCamChannel(stage);

    expect(await watch.now(arn)).toBeUndefined();
    expect(await watch.latest(arn)).toBeUndefined();
    expect(await watch.sessions(arn, '2026-11-23T10:00:00.000Z')).toEqual([]);
    expect(await watch.session(arn, 'st-none')).toBeUndefined();
  });

  it('fails to find a channel that is not there', async () => {
    await expect(ivsCamControl(stage.ivs).createKey(unknownChannel)).rejects.toMatchObject({ name: 'NotFound', code: 'channel-not-found' });
    await expect(ivsStreamWatch(stage.ivs).now(unknownChannel)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

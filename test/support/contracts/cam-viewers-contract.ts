import type { CamViewers } from '../../../lambda/domain/playback/cam/cam-tokens.ts';

/** Two private channels, and players for them. */
interface CamViewersBox {
  readonly channelArn: string;
  readonly otherChannelArn: string;
  readonly camViewers: CamViewers;
  /** Whether a token of this viewer and version opens the channel now. */
  readonly plays: (channelArn: string, viewerId: string, version: number) => Promise<boolean>;
}

/** What IVS does with viewers that are put out, whoever stands for it. */
export const describeCamViewersContract = (open: () => Promise<CamViewersBox>): void => {
  it('refuses the tokens of a viewer up to a version, and no others', async () => {
    const { channelArn, otherChannelArn, camViewers, plays } = await open();
    const before = await plays(channelArn, 'bko_1', 2);
    await camViewers.revoke(channelArn, 'bko_1', 2);

    expect([before, await plays(channelArn, 'bko_1', 1), await plays(channelArn, 'bko_1', 2)]).toEqual([true, false, false]);
    expect([await plays(channelArn, 'bko_1', 3), await plays(channelArn, 'bko_1-preview', 1), await plays(otherChannelArn, 'bko_1', 1)]).toEqual([true, true, true]);
  });

  it('lets in the first version of all until it is revoked', async () => {
    const { channelArn, camViewers, plays } = await open();
    const before = await plays(channelArn, 'bko_3', 0);
    await camViewers.revoke(channelArn, 'bko_3', 0);

    expect([before, await plays(channelArn, 'bko_3', 0), await plays(channelArn, 'bko_3', 1)]).toEqual([true, false, true]);
  });

  it('knows no viewer by more than 40 characters', async () => {
    const { channelArn, camViewers, plays } = await open();

    expect([await plays(channelArn, 'v'.repeat(40), 1), await plays(channelArn, 'v'.repeat(41), 1)]).toEqual([true, false]);
    await expect(camViewers.revoke(channelArn, 'v'.repeat(41), 1)).rejects.toThrow('41 characters');
  });

  it('takes nothing back when it is told again, or of an older version', async () => {
    const { channelArn, camViewers, plays } = await open();
    for (const version of [4, 4, 1]) await camViewers.revoke(channelArn, 'bko_2', version);

    expect([await plays(channelArn, 'bko_2', 4), await plays(channelArn, 'bko_2', 5)]).toEqual([false, true]);
  });
};

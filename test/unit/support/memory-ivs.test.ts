import { describeCamChannelContract } from '../../support/contracts/cam-channel-contract.ts';
import { describeCamViewersContract } from '../../support/contracts/cam-viewers-contract.ts';
import { liveOutcome, neverLiveOutcome, outcomesOfSessions, unrecordedOutcome } from '../../support/contracts/session-outcomes.ts';
import { aCamPipeline } from '../../support/shows/a-cam-plan.ts';
import { memoryCamViewers } from '../../support/shows/memory-cam-viewers.ts';
import { memoryIvs } from '../../support/shows/memory-ivs.ts';

const { channelArn } = aCamPipeline().channel;

describe.each([true, false])('a Cam channel in memory (who connects is stopped: %s)', (stopsWhoConnects) =>
  describeCamChannelContract(async () => {
    const ivs = memoryIvs(() => Date.parse('2026-11-23T10:00:00.000Z'), { stopsWhoConnects });
    const hangUp = async (): Promise<void> => {
      ivs.state.endsAtOnce = false;
      ivs.hangUp();
    };
    return { channelArn, cams: ivs.cams, streams: ivs.streams, dial: (key) => ivs.dial(key), goLive: async () => ivs.goLive(), hangUp, disconnect: async () => ivs.disconnect() };
  }));

describe('viewers in memory', () =>
  describeCamViewersContract(async () => {
    const { camTokens, camViewers, isGood } = memoryCamViewers();
    return {
      channelArn,
      otherChannelArn: `${channelArn}2`,
      camViewers,
      plays: async (arn, viewerId, version) => isGood(`https://host/a.m3u8?token=${await camTokens.issue({ channelArn: arn, viewerId, version, expiresAt: 0 })}`),
    };
  }));

describe('IVS in memory', () => {
  it('tells of its sessions what local IVS does', async () => {
    const ivs = memoryIvs(() => Date.parse('2026-11-23T10:00:00.000Z'));
    await ivs.cams.createKey(channelArn);

    ivs.connect();
    ivs.disconnect();
    ivs.connect(undefined, false);
    ivs.disconnect();
    ivs.connect();
    ivs.tell('st-3', 'Recording Start Failure', 'IVS Recording State Change');
    ivs.disconnect();

    expect(await outcomesOfSessions(ivs.streams, channelArn)).toEqual([unrecordedOutcome, neverLiveOutcome, liveOutcome]);
  });
});

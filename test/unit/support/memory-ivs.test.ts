import { liveOutcome, neverLiveOutcome, outcomesOfSessions, unrecordedOutcome } from '../../support/contracts/session-outcomes.ts';
import { memoryIvs } from '../../support/shows/memory-ivs.ts';

const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';

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

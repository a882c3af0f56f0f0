import { DeleteStreamKeyCommand, ImportPlaybackKeyPairCommand } from '@aws-sdk/client-ivs';
import { ivsCamControl } from '../../../../lambda/adapters/ivs/cam-control.ts';
import { ivsCamViewers } from '../../../../lambda/adapters/ivs/cam-viewers.ts';
import { ivsStreamWatch } from '../../../../lambda/adapters/ivs/stream-watch.ts';
import { describeCamChannelContract } from '../../../support/contracts/cam-channel-contract.ts';
import { describeCamViewersContract } from '../../../support/contracts/cam-viewers-contract.ts';
import { createCamChannel } from '../../../support/ivs/cam-channel.ts';
import { type IvsStage, startIvsStage } from '../../../support/ivs/ivs-stage.ts';
import { playbackKeys, playbackToken } from '../../../support/ivs/playback-tokens.ts';
import { segmentsOnDemand, testEncoder } from '../../../support/ivs/test-encoder.ts';

const keys = playbackKeys();
const segments = segmentsOnDemand();
let stage: IvsStage;

beforeAll(async () => {
  stage = await startIvsStage({ createTranscoder: segments.factory });
  await stage.ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: keys.publicKeyMaterial }));
});

afterAll(() => stage.close());

describe('a Cam channel of IVS', () =>
  describeCamChannelContract(async () => {
    const { arn, keyArn } = await createCamChannel(stage);
    await stage.ivs.send(new DeleteStreamKeyCommand({ arn: keyArn }));
    return { channelArn: arn, cams: ivsCamControl(stage.ivs), streams: ivsStreamWatch(stage.ivs), ...testEncoder(stage.service.authority, segments) };
  }));

describe('viewers of IVS', () =>
  describeCamViewersContract(async () => {
    const [one, other] = [await createCamChannel(stage, { authorized: true }), await createCamChannel(stage, { authorized: true })];
    const urls = new Map([one, other].map(({ arn, playbackUrl }) => [arn, playbackUrl]));
    return {
      channelArn: one.arn,
      otherChannelArn: other.arn,
      camViewers: ivsCamViewers(stage.ivs),
      plays: async (channelArn, viewerId, version) => {
        const token = await playbackToken(keys, { 'aws:channel-arn': channelArn, 'aws:viewer-id': viewerId, 'aws:viewer-session-version': version });
        // Nobody streams: what is let in finds nothing.
        return (await fetch(`${urls.get(channelArn)}?token=${token}`)).status === 404;
      },
    };
  }));

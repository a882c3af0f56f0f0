import { IvsClient, ResourceNotFoundException, StartViewerSessionRevocationCommand, ThrottlingException } from '@aws-sdk/client-ivs';
import { mockClient } from 'aws-sdk-client-mock';
import { ivsCamViewers } from '../../../../lambda/adapters/ivs/cam-viewers.ts';

const ivs = mockClient(IvsClient);
const viewers = ivsCamViewers(new IvsClient({ region: 'us-east-1', maxAttempts: 1 }));
const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const refusal = { exceptionMessage: 'no', message: 'no', $metadata: {} };

beforeEach(() => ivs.reset());

describe('viewers of Cam pipelines', () => {
  it('are put out up to a version, in one call', async () => {
    ivs.on(StartViewerSessionRevocationCommand).resolves({});

    await viewers.revoke(channelArn, 'bko_1', 3);

    expect(ivs.commandCalls(StartViewerSessionRevocationCommand).map(({ args }) => args[0].input)).toEqual([{ channelArn, viewerId: 'bko_1', viewerSessionVersionsLessThanOrEqualTo: 3 }]);
  });

  it('are none of a channel that is no more', async () => {
    ivs.on(StartViewerSessionRevocationCommand).rejects(new ResourceNotFoundException(refusal));

    await viewers.revoke(channelArn, 'bko_1', 3);
  });

  it('fail as unavailable while the service throttles', async () => {
    ivs.on(StartViewerSessionRevocationCommand).rejects(new ThrottlingException(refusal));

    await expect(viewers.revoke(channelArn, 'bko_1', 3)).rejects.toMatchObject({ name: 'Unavailable', code: 'ivs-unavailable' });
  });
});

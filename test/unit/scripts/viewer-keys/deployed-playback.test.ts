import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { findDeployedPlayback, longestTokenMilliseconds, requireDeployedPlayback } from '../../../../scripts/viewer-keys/deployed-playback.ts';

describe('longestTokenMilliseconds', () => {
  const deployed = { VIEWER_SIGNING_SECRET_ARN: 'arn', VIEWER_NAME_SECRET_ARN: 'arn', EDGE_STORE_ARN: 'arn', DEVICES_PER_VIEWER: 5, VIEWER_COOKIES: null, CAM_PLAYBACK: null };

  it.each([[3600, 600, 21_600], [21_600, 600, 60], [60, 21_600, 600]])('is that of the kind that lasts longest of %d, %d and %d s', (viewer, preview, recording) => {
    expect(longestTokenMilliseconds({ ...deployed, VIEWER_TOKEN_SECONDS: viewer, PREVIEW_TOKEN_SECONDS: preview, RECORDING_TOKEN_SECONDS: recording })).toBe(21_600_000);
  });
});

describe('what a stage gives access with', () => {
  const lambda = new LambdaClient({ region: 'us-east-1' });
  const functions = mockClient(lambda);

  it('is nothing yet where it is not deployed, which some rotations refuse', async () => {
    functions.on(GetFunctionConfigurationCommand, { FunctionName: 'dev-playback' }).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));

    expect(await findDeployedPlayback(lambda, 'dev')).toBeUndefined();
    await expect(requireDeployedPlayback(lambda, 'dev')).rejects.toThrow('there is no function dev-playback: is the stage deployed in this account and Region?');
  });

  it('is not taken for nothing where it cannot be read', async () => {
    functions.on(GetFunctionConfigurationCommand).rejects(new Error('The security token is expired'));

    await expect(findDeployedPlayback(lambda, 'dev')).rejects.toThrow('cannot read the function dev-playback: The security token is expired');
  });
});

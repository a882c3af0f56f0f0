import { longestTokenMilliseconds } from '../../../../scripts/viewer-keys/deployed-playback.ts';

describe('longestTokenMilliseconds', () => {
  const deployed = { VIEWER_SIGNING_SECRET_ARN: 'arn', VIEWER_NAME_SECRET_ARN: 'arn', EDGE_STORE_ARN: 'arn', DEVICES_PER_VIEWER: 5, VIEWER_COOKIES: null, CAM_PLAYBACK: null };

  it.each([[3600, 600, 21_600], [21_600, 600, 60], [60, 21_600, 600]])('is that of the kind that lasts longest of %d, %d and %d s', (viewer, preview, recording) => {
    expect(longestTokenMilliseconds({ ...deployed, VIEWER_TOKEN_SECONDS: viewer, PREVIEW_TOKEN_SECONDS: preview, RECORDING_TOKEN_SECONDS: recording })).toBe(21_600_000);
  });
});

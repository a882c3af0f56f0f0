import { camRecordingFolder } from '../../../../lambda/contract/cam-recordings.ts';
import { deleteRecording } from '../../../../lambda/domain/recordings/delete-recording.ts';
import { playRecording } from '../../../../lambda/domain/recordings/play-recording.ts';
import { recordingWorld } from '../../../support/recordings/recording-world.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';

const folders = ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/KlMnop3Q4rst/', 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/25/UvWxyz5A6bcd/'];

describe('access to what a Cam pipeline recorded', () => {
  const world = () => {
    const given = recordingWorld({ inPlace: [{ folder: folders[0]!, durationMilliseconds: 0, renditions: [] }], files: [{ format: 'HLS', part: 1, key: `${folders[0]!}media/hls/master.m3u8`, bytes: 1n, objects: 1 }, { format: 'MP4', part: 1, key: 'made.mp4', bytes: 1n, objects: 1 }] });
    const { breakoutId, recordingId, accountId, keyPrefix } = given.state.recording;
    return { ...given, keyPrefix, command: { caller: aCaller({ accountId }), breakoutId, recordingId } };
  };

  it('is by a token of the folder, below the account, the event and the breakout', async () => {
    const { deps, grants, command, keyPrefix } = world();

    const { files } = await playRecording(deps)(command);

    const subjects = grants.map(({ subject }) => subject);
    expect(subjects).toEqual([command.breakoutId, `${command.breakoutId}/${folders[0]!.slice(0, -1)}`]);
    expect(files.map(({ url }) => url)).toEqual([`https://vod/t/token1/${keyPrefix}${folders[0]!}media/hls/master.m3u8`, 'https://vod/t/token0/made.mp4']);
  });

  it('is by a token of its span where it is one of several', async () => {
    const key = `${folders[0]!}media/hls/whole.m3u8`;
    const { deps, state, grants, command, keyPrefix } = world();
    state.recording = { ...state.recording, inPlace: folders.map((folder) => ({ folder, durationMilliseconds: 0, renditions: [] })), files: [{ format: 'HLS', part: 1, key, bytes: 1n, objects: 1 }] };

    const { files } = await playRecording(deps)(command);

    const minute = Date.parse('2026-11-23T10:05:00Z') / 60_000;
    expect(grants.map(({ subject }) => subject)).toEqual([command.breakoutId, `${command.breakoutId}/${minute}-${minute + 20}/ivs/v1/123456789012/AbCdef1G2hij`]);
    expect(files.map(({ url }) => url)).toEqual([`https://vod/t/token1/${keyPrefix}${minute}-${minute + 20}/${key}`]);
  });

  it('ends with its files, which are deleted in both places', async () => {
    const { deps, command, state } = world();
    const listed: string[] = [];

    await deleteRecording({ ...deps, objects: { ...deps.objects, list: async (_bucket, prefix) => (listed.push(prefix), state.objects.map((object) => ({ ...object, key: `${prefix}${object.key}` }))) } })(command);

    expect(listed).toEqual([state.recording.keyPrefix, folders[0]!]);
    expect(state.recording).toMatchObject({ status: 'DELETED', files: [] });
  });
});

describe('camRecordingFolder', () => {
  it.each([[`${folders[0]!}media/hls/master.m3u8`, folders[0]], ['acc_1/evt_1/bko_1/hls/show.m3u8', undefined], ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/5/', undefined]])('of %s is %s', (key, folder) => {
    expect(camRecordingFolder(key)).toBe(folder);
  });
});

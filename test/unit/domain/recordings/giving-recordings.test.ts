import { deleteRecording } from '../../../../lambda/domain/recordings/delete-recording.ts';
import { playRecording, revokeRecordingPlayback } from '../../../../lambda/domain/recordings/play-recording.ts';
import { openShare, revokeShare, shareRecording } from '../../../../lambda/domain/recordings/share-recording.ts';
import { ConflictError, NotFoundError } from '../../../../lambda/domain/shared/errors.ts';
import { recordingNow, recordingWorld } from '../../../support/recordings/recording-world.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const caller = { subject: 'anna', accountId: itemIds.account, role: 'PRODUCER' };
const stranger = { ...caller, accountId: 'acc_other' };
const setUp = (...given: Parameters<typeof recordingWorld>) => {
  const world = recordingWorld(...given);
  const { recordingId, breakoutId } = world.state.recording;
  return { ...world, command: { caller, breakoutId, recordingId } };
};

describe('playRecording', () => {
  it('signs one token for all files, and names what is kept', async () => {
    const { deps, command, grants } = setUp();

    const { files, expiresAt, session, renewWith } = await playRecording(deps)(command);

    expect(grants).toEqual([{ purpose: 'recording', subject: itemIds.breakout, expiresAt: recordingNow / 1000 + 600, session }]);
    expect(renewWith).toBe(`${itemIds.breakout}/token0`);
    expect(expiresAt).toBe('2026-11-24T09:10:00.000Z');
    expect(files.map(({ format, url }) => [format, url.split('/').slice(0, 5).join('/')])).toEqual([['HLS', 'https://vod/t/token0'], ['MP4', 'https://vod/t/token0']]);
    expect(files.map(({ downloadUrl }) => downloadUrl?.split('?')[1])).toEqual([undefined, 'as=Gr_ezi_ _all_.mp4']);
  });

  it.each(['PROCESSING', 'NONE', 'DELETED'] as const)('rejects one that is %s', async (status) => {
    const { deps, command } = setUp({ status, files: [] });

    await expect(playRecording(deps)(command)).rejects.toThrow(ConflictError);
  });

  it('rejects another id, and another account', async () => {
    const { deps, command } = setUp();

    await expect(playRecording(deps)({ ...command, recordingId: 'rec_other' })).rejects.toThrow(NotFoundError);
    await expect(playRecording(deps)({ ...command, caller: stranger })).rejects.toThrow(NotFoundError);
  });
});

describe('the viewer of a recording', () => {
  it('keeps the session of an earlier access, also to the show', async () => {
    const { deps, command } = setUp();
    const first = await playRecording(deps)({ ...command, viewerId: 'anna' });
    const ofShow = await deps.tokens.issue({ purpose: 'viewer', subject: 'bko_other', expiresAt: recordingNow / 1000 + 60, session: first.session });

    for (const renewWith of [first.renewWith, `bko_other/${ofShow}`]) {
      expect((await playRecording(deps)({ ...command, viewerId: 'anna', renewWith })).session).toBe(first.session);
    }
  });

  it('is no preview, and nobody else', async () => {
    const { deps, command } = setUp();
    const { session, renewWith } = await playRecording(deps)({ ...command, viewerId: 'anna' });
    const preview = await deps.tokens.issue({ purpose: 'preview', subject: itemIds.breakout, expiresAt: recordingNow / 1000 + 60, session });

    await expect(playRecording(deps)({ ...command, viewerId: 'bob', renewWith })).rejects.toMatchObject({ code: 'session-over' });
    await expect(playRecording(deps)({ ...command, viewerId: 'anna', renewWith: `${itemIds.breakout}/${preview}` })).rejects.toMatchObject({ code: 'session-over' });
  });

  it('watches on as many devices as of shows, and is bound as they are', async () => {
    const { deps, command, grants, revoked } = setUp();
    const sessions = [];
    for (let device = 0; device < 3; device += 1) sessions.push((await playRecording(deps)({ ...command, viewerId: 'anna', boundTo: { country: 'DE' } })).session);

    expect([...revoked.keys()]).toEqual(sessions.slice(0, 1));
    expect(grants.map(({ boundTo }) => boundTo)).toEqual([{ country: 'DE' }, { country: 'DE' }, { country: 'DE' }]);
  });

  it('loses access on every device, or that of one answer for as long as any token lasts', async () => {
    const { deps, command, revoked } = setUp();
    const named = await playRecording(deps)({ ...command, viewerId: 'anna' });
    const nobody = await playRecording(deps)(command);

    expect(await revokeRecordingPlayback(deps)({ ...command, viewerId: 'anna' })).toEqual([named.session]);
    expect(await revokeRecordingPlayback(deps)({ ...command, renewWith: nobody.renewWith })).toEqual([nobody.session]);
    expect(revoked.get(nobody.session)).toBe(recordingNow / 1000 + 3660);
    await expect(playRecording(deps)({ ...command, renewWith: nobody.renewWith })).rejects.toMatchObject({ code: 'session-over' });
    await expect(revokeRecordingPlayback(deps)({ ...command, caller: stranger, viewerId: 'anna' })).rejects.toThrow(NotFoundError);
  });
});

describe('a share link', () => {
  it('signs anew at each use', async () => {
    const { deps, command } = setUp();
    const { secret, shareId } = await shareRecording(deps)({ ...command, format: 'HLS', isDownload: false });

    expect(shareId).toMatch(/^shr_/);
    expect([await openShare(deps)(secret), await openShare(deps)(secret)].map((url) => url.split('/')[4])).toEqual(['token0', 'token1']);
  });

  it('leads to a file to keep when it is a download', async () => {
    const { deps, command } = setUp();
    const { secret } = await shareRecording(deps)({ ...command, format: 'MP4', isDownload: true });

    expect(await openShare(deps)(secret)).toMatch(/\.mp4\?as=/);
  });

  it('leads nowhere when it was revoked', async () => {
    const { deps, command } = setUp();
    const { secret, shareId } = await shareRecording(deps)({ ...command, format: 'HLS', isDownload: false });

    await revokeShare(deps)({ ...command, shareId });

    await expect(openShare(deps)(secret)).rejects.toThrow(NotFoundError);
    await expect(revokeShare(deps)({ ...command, shareId })).rejects.toThrow(NotFoundError);
  });

  it('leads nowhere when the recording is deleted, or nobody made it', async () => {
    const { deps, command } = setUp();
    const { secret } = await shareRecording(deps)({ ...command, format: 'HLS', isDownload: false });

    await deleteRecording(deps)(command);

    await expect(openShare(deps)(secret)).rejects.toThrow(NotFoundError);
    await expect(openShare(deps)('guessed')).rejects.toThrow(NotFoundError);
  });

  it.each([['HLS', true], ['AUDIO', false]] as const)('rejects %s, download: %s', async (format, isDownload) => {
    const { deps, command } = setUp();

    await expect(shareRecording(deps)({ ...command, format, isDownload })).rejects.toThrow(ConflictError);
  });

  it('is for the account\'s own to make and to revoke', async () => {
    const { deps, command } = setUp();

    await expect(shareRecording(deps)({ ...command, caller: stranger, format: 'HLS', isDownload: false })).rejects.toThrow(NotFoundError);
    await expect(revokeShare(deps)({ ...command, caller: stranger, shareId: 'shr_1' })).rejects.toThrow(NotFoundError);
  });
});

describe('deleteRecording', () => {
  it('removes every file and keeps what was stored until when', async () => {
    const { deps, command, state } = setUp();

    await deleteRecording(deps)(command);

    expect(state.objects).toEqual([]);
    expect(state.recording).toMatchObject({
      status: 'DELETED', files: [],
      deleted: { at: '2026-11-24T09:00:00.000Z', stored: [{ storedAt: recordingNow - 3_600_000, bytes: 11n, objects: 2 }, { storedAt: recordingNow - 3_599_000, bytes: 100n, objects: 1 }] },
    });
  });

  it('is due before it is gone, so that nobody is charged on when it dies in between', async () => {
    const { deps, command, state } = setUp();
    state.failsToRemove = true;

    await expect(deleteRecording(deps)(command)).rejects.toThrow('S3 is away');

    expect(state.recording.status).toBe('DELETED');
    expect([state.due, state.ended]).toEqual([[[state.recording.breakoutId, 'READY']], []]);
  });

  it('deletes what an interrupted deletion left, and keeps its time', async () => {
    const { deps, command, state } = setUp();
    state.failsToRemove = true;
    await expect(deleteRecording(deps)(command)).rejects.toThrow('S3 is away');
    state.failsToRemove = false;

    const kept = state.recording.deleted;
    await deleteRecording({ ...deps, now: () => recordingNow + 60_000 })(command);

    expect(state.objects).toEqual([]);
    expect(state.recording.deleted).toEqual(kept);
  });

  it('rejects while it is being made', async () => {
    const { deps, command, state } = setUp({ status: 'PROCESSING' });

    await expect(deleteRecording(deps)(command)).rejects.toThrow(ConflictError);
    expect(state.objects).toHaveLength(3);
  });
});

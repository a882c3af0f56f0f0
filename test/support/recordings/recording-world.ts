import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import type { RecordingShare } from '../../../lambda/domain/recordings/share-recording.ts';
import { idsFrom } from '../../../lambda/domain/shared/identifiers.ts';
import type { StoredObject } from '../../../lambda/domain/usage/meters/storage-meter.ts';
import { memoryDevices, memoryRevocations } from '../shows/memory-edge.ts';
import { memorySessions, memoryTokens } from '../shows/memory-viewers.ts';
import { aRecording, aStoppedBreakout } from '../usage/a-show.ts';

/** When it is, unless a test moves it. */
export const recordingNow = Date.parse('2026-11-24T09:00:00Z');

const prefix = aRecording().keyPrefix;

/** A recording with HLS of two segments and an MP4, and ports that record what is done to it. */
export const recordingWorld = (changes: Partial<Recording> = {}, breakout: Partial<Breakout> = {}) => {
  const objects: StoredObject[] = ['hls/show.m3u8', 'hls/show_480p_00001.ts', 'mp4/show-recording.mp4'].map((key, index) => ({ key: `${prefix}${key}`, bytes: BigInt(10 ** index), storedAt: recordingNow - 3_600_000 + (index > 1 ? 1000 : 0) }));
  const files = [
    { format: 'HLS' as const, part: 1, key: objects[0]!.key, bytes: 11n, objects: 2 },
    { format: 'MP4' as const, part: 1, key: objects[2]!.key, bytes: 100n, objects: 1 },
  ];
  const { tokens, grants } = memoryTokens(() => recordingNow);
  const { revocations, revoked } = memoryRevocations();
  const state = { recording: aRecording({ files, ...changes }), objects, shares: new Map<string, RecordingShare>(), failsToRemove: false, ended: [] as string[], due: [] as (readonly [string, string])[] };
  const deps = {
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED', title: 'Grüezi: "all"', ...breakout }) },
    recordings: { get: async (breakoutId: string) => (breakoutId === state.recording.breakoutId ? state.recording : undefined), save: async (recording: Recording) => void (state.recording = recording) },
    tokens,
    revocations,
    devices: memoryDevices(),
    sessions: memorySessions(),
    devicesPerViewer: 2,
    longestTokenSeconds: 3600,
    newSession: () => 'a-session-of-16c',
    shares: {
      create: async (share: RecordingShare, secret: string) => void state.shares.set(secret, share),
      find: async (secret: string) => state.shares.get(secret),
      revoke: async (breakoutId: string, shareId: string) => {
        const found = [...state.shares].find(([, share]) => share.shareId === shareId && share.breakoutId === breakoutId);
        return found !== undefined && state.shares.delete(found[0]);
      },
    },
    objects: {
      list: async () => state.objects,
      remove: async (_bucket: string, keys: readonly string[]) => {
        if (state.failsToRemove) throw new Error('S3 is away');
        state.objects = state.objects.filter(({ key }) => !keys.includes(key));
      },
    },
    makeDue: async (breakoutId: string) => void state.due.push([breakoutId, state.recording.status]),
    endCharges: async (breakoutId: string) => void state.ended.push(breakoutId),
    recordingUrl: (key: string, token: string, name?: string) => `https://vod/t/${token}/${key}${name === undefined ? '' : `?as=${name}`}`,
    coldDays: 30,
    tokenSeconds: 600,
    newId: idsFrom(() => recordingNow),
    newSecret: () => `secret-${state.shares.size + 1}`,
    now: () => recordingNow,
  };
  return { state, deps, grants, revoked };
};

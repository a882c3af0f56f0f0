import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import { checkConversion } from '../../../lambda/domain/recordings/check-conversion.ts';
import type { ConversionJob, ConversionName, ConversionRequest } from '../../../lambda/domain/recordings/conversion-jobs.ts';
import { giveUpConversion } from '../../../lambda/domain/recordings/give-up-conversion.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import { submitConversion } from '../../../lambda/domain/recordings/submit-conversion.ts';
import { InvalidInputError, UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { memoryMedia } from './fragmented-media.ts';
import type { StoredObject } from '../../../lambda/domain/usage/meters/storage-meter.ts';
import { aChannelRun, aMeteredPipeline, aRecordingJob, aStoppedBreakout } from '../usage/a-show.ts';
import { memoryLosses } from '../shows/memory-losses.ts';
import { memoryUnendedConversions } from './memory-unended-conversions.ts';
import { memoryCamSources } from '../usage/memory-cam-sources.ts';
import { itemIds } from '../usage/ids.ts';

const anObject = (key: string, bytes = 10n): StoredObject => ({ key, bytes, storedAt: Date.parse('2026-11-23T11:00:40Z') });

/** Archived by the show's run, the newest first. */
export const ofRun = ['pl_main/archive-20261123T100030_000001.ts', 'pl_main/archive-20261123T100030_000000.ts'];
/** Archived by other runs, or by hand. */
export const ofOthers = ['pl_main/archive-20261122T100030_000000.ts', 'pl_main/archive-20261123T120000_000000.ts', 'pl_main/archive-notes.txt'];

/** What differs from an archive of one run beside those of others. */
export interface ArchivedShow {
  readonly keys?: readonly string[];
  readonly sizes?: Readonly<Record<string, bigint>>;
  readonly wantsMp4?: boolean;
  readonly breakout?: Partial<Breakout>;
  readonly runs?: readonly ChannelRun[];
  readonly job?: Partial<ConversionJob>;
  readonly now?: string;
  readonly archiveDays?: number;
}

/** Where the recording is made. */
export const recordingPrefix = `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/`;
const madeKeys = ['hls/show.m3u8', 'hls/show_480p.m3u8', 'hls/show_480p_00001.ts', 'mp4/show-recording.mp4'];

/** A show with its archive, whose conversion can be asked for. */
export const archivedShow = ({ keys = [...ofRun, ...ofOthers], sizes = {}, wantsMp4 = true, breakout = {}, runs = [aChannelRun()], job = {}, now = '2026-11-23T11:00:50Z', archiveDays = 0 }: ArchivedShow = {}) => {
  const state = { recording: undefined as Recording | undefined, requests: [] as ConversionRequest[], failsAfterSubmit: false, refuses: false, released: [] as string[], playlists: new Map<string, string>(), unended: memoryUnendedConversions(), losses: memoryLosses() };
  const deps = {
    losses: state.losses,
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED', wantsMp4, ...breakout }) },
    runs: { get: async () => runs[0], list: async () => runs },
    cam: memoryCamSources(),
    serviceRecordings: { began: async () => [] },
    pipelines: { get: async (pipelineId: string) => aMeteredPipeline({ pipelineId, archive: { bucket: 'archive', keyPrefix: `${pipelineId}/archive`, rolloverSeconds: 300 } }) },
    objects: { list: async (bucket: string) => (bucket === 'archive' ? keys.map((key) => anObject(key, sizes[key])) : [...madeKeys.map((key) => `${recordingPrefix}${key}`), ...state.playlists.keys()].map((key) => anObject(key, 1n << 40n))) },
    jobs: {
      submit: async (request: ConversionRequest) => {
        if (state.refuses) throw new InvalidInputError({ code: 'conversion-refused', message: 'no such queue', fields: [] });
        state.requests.push(request);
        if (state.failsAfterSubmit) throw new UnavailableError({ code: 'lost', message: 'the answer was lost' });
        return `job-${state.requests.length}`;
      },
      find: async ({ part, tries }: ConversionName) => {
        const index = state.requests.findIndex((request) => request.part === part && request.tries === tries);
        return index < 0 ? undefined : `job-${index + 1}`;
      },
      get: async (jobId: string) => ({ jobId, status: 'COMPLETE' as const, percentComplete: 100, finishedAt: '2026-11-23T11:05:00.000Z', outputs: aRecordingJob().outputs, ...job }),
    },
    recordings: { get: async () => state.recording, save: async (recording: Recording) => void (state.recording = recording) },
    unended: state.unended,
    recordingsBucket: 'recordings',
    defaultFormats: ['THUMBNAILS'] as const,
    newId: () => 'rec_01JD0000000000000000000000',
    timeoutSeconds: 600,
    archive: { release: async (files: readonly { readonly key: string }[]) => void state.released.push(...files.map(({ key }) => key)) },
    archiveDays,
    media: memoryMedia().media,
    playlists: {
      read: async (_bucket: string, key: string) => (key.endsWith('show.m3u8') ? '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nshow_480p.m3u8\n' : '#EXTM3U\n#EXTINF:6,\nshow_480p_00001.ts\n#EXT-X-ENDLIST\n'),
      write: async (_bucket: string, key: string, text: string) => void state.playlists.set(key, text),
    },
    now: () => new Date(now),
  };
  const failure = { code: 'unavailable', message: 'MediaConvert is away' };
  return { state, giveUp: (why = failure) => giveUpConversion(deps)(itemIds.breakout, 1, why), submit: () => submitConversion(deps)(itemIds.breakout, 1), check: () => checkConversion(deps)(itemIds.breakout) };
};

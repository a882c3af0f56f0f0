import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aChannelRun, aRecording, aRecordingJob } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { archivedShow, type ArchivedShow, ofOthers, ofRun } from '../../../support/recordings/archived-show.ts';

describe('submitConversion', () => {
  it("converts this run's files in order", async () => {
    const { state, submit } = archivedShow();

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ part: 1, tries: 1, jobId: 'job-1' }], keyPrefix: `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/` });
    expect(state.requests.map(({ source }) => source)).toEqual([[...ofRun].sort().map((key) => ({ bucket: 'archive', key }))]);
  });

  it('makes one job however often it is asked, also when the first answer was lost', async () => {
    const { state, submit } = archivedShow();
    state.failsAfterSubmit = true;

    await expect(submit()).rejects.toThrow(UnavailableError);
    state.failsAfterSubmit = false;
    await submit();
    await submit();

    expect(state.requests).toHaveLength(1);
    expect(state.recording).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }] });
  });

  it.each([['the archive has nothing of this run', { keys: ofOthers }], ['the show was aborted', { breakout: { status: 'ABORTED' as const } }]])('makes none when %s', async (_when, options) => {
    const { state, submit } = archivedShow(options);

    expect(await submit()).toMatchObject({ status: 'NONE' });
    expect(state.requests).toEqual([]);
  });

  it('converts what a show that failed has archived', async () => {
    const { state, submit } = archivedShow({ breakout: { status: 'FAILED' } });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }] });
    expect(state.requests).toHaveLength(1);
  });

  const copies = (pipeline: string, names: readonly string[]): string[] => names.map((name) => `${pipeline}/archive-${name}`);
  const converted = async (given: ArchivedShow): Promise<readonly string[]> => {
    const { state, submit } = archivedShow(given);
    await submit();
    return state.requests.flatMap(({ source }) => source.map(({ key }) => key));
  };

  it('takes the first of two copies', async () => {
    const keys = [...copies('pl_main', ['20261123T100030_000000.ts', '20261123T100030_000001.ts']), ...copies('pl_main', ['copy-20261123T100031_000000.ts', 'copy-20261123T100031_000001.ts'])];

    expect(await converted({ keys })).toEqual(keys.slice(0, 2));
  });

  it.each([
    ['has more files', [], {}],
    ['has clearly more bytes', ['20261123T100030_000001.ts'], { 'pl_main/archive-20261123T100030_000001.ts': 9n }],
  ])('takes the second copy when it %s', async (_when, more, sizes) => {
    const second = copies('pl_main', ['copy-20261123T100031_000000.ts', 'copy-20261123T100031_000001.ts']);

    expect(await converted({ keys: [...copies('pl_main', ['20261123T100030_000000.ts', ...more]), ...second], sizes })).toEqual(second);
  });

  it('joins what a show has archived on several pipelines', async () => {
    const spare = aChannelRun({ attempt: 2, pipelineId: 'pl_spare', requestedAt: '2026-11-23T10:20:00.000Z' });
    const unstarted = { ...aChannelRun({ attempt: 3, requestedAt: '2026-11-23T10:00:00.000Z' }) };
    const { started: _started, ...never } = unstarted;
    const keys = [...copies('pl_main', ['20261123T100030_000000.ts']), ...copies('pl_spare', ['20261123T102030_000000.ts', '20261123T102030_000001.ts'])];

    const joined = await converted({ keys, runs: [aChannelRun({ ended: { at: '2026-11-23T10:20:00.000Z', source: 'EVENT' } }), spare, never] });

    expect(joined).toEqual(keys);
  });

  it('leaves the recording to the attempt that the show is at', async () => {
    const { state, submit } = archivedShow({ breakout: { attempt: 2 } });
    state.recording = aRecording({ attempt: 2 });

    expect(await submit()).toMatchObject({ status: 'NONE', attempt: 1 });
    expect(state.recording).toMatchObject({ attempt: 2, status: 'READY' });
    expect(state.requests).toEqual([]);
  });

  it('knows what was converted of an attempt before, which is paid for', async () => {
    const { state, submit } = archivedShow();
    const [first, second, failing] = [aRecordingJob({ jobId: 'first' }), aRecordingJob({ jobId: 'second' }), aRecordingJob({ jobId: 'third', status: 'FAILED' })];
    state.recording = aRecording({ attempt: 7, jobs: [second, failing], earlierJobs: [first] });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ jobId: 'job-1' }], earlierJobs: [first, second] });
  });

  it('converts an archive beyond the inputs that a job takes in parts', async () => {
    const keys = Array.from({ length: 151 }, (_, index) => `pl_main/archive-20261123T100030_${String(index).padStart(6, '0')}.ts`);
    const { state, submit } = archivedShow({ keys });

    expect(await submit()).toMatchObject({ status: 'PROCESSING', jobs: [{ part: 1, jobId: 'job-1' }, { part: 2, jobId: 'job-2' }] });
    expect(state.requests.flatMap(({ source }) => source.map(({ key }) => key))).toEqual(keys);
    expect(state.requests.map(({ source, destination }) => [source.length, destination.keyPrefix.split('/').slice(3).join('/')])).toEqual([[75, ''], [76, 'part-2/']]);
  });

  it('makes HLS always, and what is asked for', async () => {
    const formats = async (given: ArchivedShow) => {
      const { state, submit } = archivedShow(given);
      await submit();
      return state.requests[0]?.formats;
    };

    expect(await formats({ wantsMp4: false })).toEqual(['HLS', 'THUMBNAILS']);
    expect(await formats({ wantsMp4: true, breakout: { recordingFormats: ['AUDIO', 'HLS'] } })).toEqual(['HLS', 'MP4', 'AUDIO']);
  });

  it('says what is missing and converts the rest', async () => {
    const { state, submit } = archivedShow({ keys: ['0', '2'].map((sequence) => `pl_main/archive-20261123T100030_00000${sequence}.ts`) });

    await submit();

    expect(state.requests[0]?.source).toHaveLength(2);
    expect(state.recording?.gaps[0]).toEqual({ from: Date.parse('2026-11-23T10:05:30Z'), to: Date.parse('2026-11-23T10:10:30Z') });
  });

  it('fails in its words when the service refuses', async () => {
    const { state, submit } = archivedShow();
    state.refuses = true;

    expect(await submit()).toMatchObject({ status: 'FAILED', failure: { code: 'conversion-refused', message: 'no such queue' } });
  });
});

import { embeddedMetrics } from '../../../local/services/lambda/invocation/embedded-metrics.ts';
import { documented, documentedEvents, type DocumentedEvent } from '../../support/ivs/documented-events.ts';
import { heardShow } from '../../support/ivs/heard-show.ts';
import { type HearingStage, startHearingStage } from '../../support/ivs/hearing-stage.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';

const log = quietLog();
let stage: HearingStage;

beforeAll(async () => {
  stage = await startHearingStage();
});

afterAll(() => stage.close());

const errors = () => log.lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'ERROR');

/** What CloudWatch counts of what the function has written, for the stage's alarms. */
const counted = () => log.lines.flatMap((line) => embeddedMetrics(line)).map(({ namespace, name }) => `${namespace} ${name}`);

/** What a show's log has of each, beside what it has of its start and of the stream's. */
const entries: Readonly<Record<DocumentedEvent, string | undefined>> = {
  sessionCreated: undefined,
  sessionEnded: undefined,
  sessionEndedWithCode: undefined,
  // The stream's session has told it already.
  streamStart: undefined,
  streamEnd: 'INPUT LOST: the encoder\'s stream has ended',
  streamFailure: 'ALERT SET IVS failure: the service cannot process the stream (Transcode capacity exceeded. Please try again.)',
  streamTakeover: 'INPUT SWITCHED: another encoder took the stream over',
  streamTakeoverFailure: expect.stringMatching(/^INPUT REFUSED: .*\(StreamTakeoverInvalidPriority: its priority is not above/),
  starvationStart: 'ALERT SET IVS starvation: the stream starves: too little arrives of it',
  starvationEnd: 'ALERT CLEARED IVS starvation: enough arrives of the stream again',
  ingestBitrate: expect.stringMatching(/^ALERT SET IVS bitrate: .*\(400000 bits per second above 1500000\)$/),
  ingestTotalPixels: expect.stringMatching(/^ALERT SET IVS resolution: .*\(230400 total pixels above 2073600\)$/),
  ingestPixelsPerEdge: expect.stringMatching(/^ALERT SET IVS resolution: .*\(640 pixels per edge above 1920\)$/),
  concurrentBroadcasts: undefined,
  concurrentBroadcastsOfStream: expect.stringMatching(/^ALERT SET IVS broadcasts: .*\(1 active streams above 100\)$/),
  concurrentViewers: expect.stringMatching(/^VIEWERS REFUSED: .*\(12 viewers above 15000\)$/),
  recordingStart: 'RECORDING STARTED: the stream is recorded',
  recordingEnd: 'RECORDING STOPPED: the recording is complete',
  recordingStartFailure: 'RECORDING FAILED: the recording could not be started: there is none of this stream (ValidationException)',
  recordingEndFailure: 'RECORDING FAILED: the recording could not be completed (InternalServerException)',
};

describe('what AWS documents of IVS', () => {
  it('is noted in the show\'s log, each once and however often it is told', async () => {
    const show = await heardShow(stage);
    const before = (await show.logged()).length;
    // At times of their own, so that the log has them in this order.
    const tellAll = async (): Promise<void> => {
      for (const [index, name] of documentedEvents.entries()) await show.tell(name, 1 + index);
    };
    await tellAll();
    await tellAll();
    const found = (await show.logged()).slice(before);

    expect(found).toEqual(['INPUT ACQUIRED: the encoder\'s stream arrives', ...documentedEvents.flatMap((name) => entries[name] ?? [])]);
  });

  it('is noted in the order of its times, in whichever order it comes', async () => {
    const show = await heardShow(stage);
    for (const [name, seconds] of [['sessionEnded', 40], ['streamEnd', 41], ['starvationEnd', 20], ['recordingEnd', 50], ['starvationStart', 10], ['recordingStart', 1], ['sessionCreated', 0]] as const) await show.tell(name, seconds);

    expect((await show.logged()).slice(-6).map((entry) => entry.split(':')[0])).toEqual(['INPUT ACQUIRED', 'RECORDING STARTED', 'ALERT SET IVS starvation', 'ALERT CLEARED IVS starvation', 'INPUT LOST', 'RECORDING STOPPED']);
  });

  it.each(['concurrentBroadcasts', 'concurrentBroadcastsOfStream', 'concurrentViewers'] as const)('is an error of the platform\'s, of which somebody has to know: %s', async (name) => {
    await (await heardShow(stage)).tell(name, 1);

    expect(errors()).toMatchObject([{ message: 'a limit of IVS is reached', name: documented[name].detail['limit_name'] }]);
    expect(counted()).toEqual(['VisionStream/test ServiceLimitsReached']);
  });

  it('wakes whoever is on call once for each recording that fails, however often it is told', async () => {
    const show = await heardShow(stage);
    for (const name of ['recordingStartFailure', 'recordingStart', 'recordingEndFailure', 'recordingEnd', 'recordingStartFailure', 'recordingEndFailure'] as const) await show.tell(name, name.startsWith('recordingStart') ? 1 : 5);

    expect(counted()).toEqual(['VisionStream/test StreamsUnrecorded', 'VisionStream/test StreamsUnrecorded']);
  });

  it('has the name of a limit as the schema registry has it, too', async () => {
    const show = await heardShow(stage);
    await show.tell('ingestBitrate', 1, { limit: 'Ingest Bitrate', limit_name: undefined });

    expect((await show.logged()).at(-1)).toContain('ALERT SET IVS bitrate');
  });

  it.each([
    ['streamStart', 'event_name'], ['starvationStart', 'event_name'], ['recordingStart', 'recording_status'], ['recordingStart', 'stream_id'], ['ingestBitrate', 'limit_name'],
  ] as const)('fails, to be tried again and kept, where %s has no %s', async (name, field) => {
    const show = await heardShow(stage);

    await expect(show.tell(name, 1, { [field]: undefined })).rejects.toThrow(field);
  });

  it('is what the session lists, though its times differ by a moment', async () => {
    const show = await heardShow(stage);
    await stage.clock.advance(2_000);
    await show.encoder.disconnect();
    for (const [name, seconds] of [['streamStart', 1], ['streamEnd', 3]] as const) await show.tell(name, seconds);

    expect((await show.logged()).filter((entry) => entry.startsWith('INPUT'))).toHaveLength(2);
    expect(show.announced()).toHaveLength(1);
  });

  it('wakes, so that a session is kept whatever was told of it', async () => {
    const show = await heardShow(stage);
    await show.tell('sessionCreated', 0);
    await show.encoder.disconnect();
    await show.tell('sessionEnded', 0);

    expect(await show.sessions()).toEqual([expect.objectContaining({ streamId: show.streamId, endedAt: expect.any(String), source: expect.objectContaining({ heightPixels: 180 }) })]);
  });
});

describe('the health of a show', () => {
  it('is bad for the limit that its stream passed, with what to do', async () => {
    const show = await heardShow(stage);
    await show.encoder.disconnect();
    await show.tell('ingestBitrate', 5);
    await show.tell('sessionEnded', 6);
    await show.tell('streamEnd', 6);

    expect(await show.health()).toMatchObject({
      stream: null, alerts: [{ alertType: 'IVS bitrate' }],
      verdict: { level: 'BAD', reasons: ['the stream has ended', expect.stringContaining('400000 bits per second above 1500000')], nextStep: expect.stringContaining('lower the encoder\'s bit rate') },
    });
    expect(show.announced()).toMatchObject([{ kind: 'INPUT_LOST', message: 'the encoder\'s stream has ended' }]);
  });

  it('warns for ten minutes that viewers were refused, in every show that was armed then and in no other', async () => {
    const [over, other, show] = [await heardShow(stage), await heardShow(stage), await heardShow(stage)];
    await over.end(1);
    await show.tell('concurrentViewers', 5);
    const [soon, later] = [await show.health(), await show.health(700)];

    expect(soon.verdict).toMatchObject({ level: 'WARNING', reasons: [expect.stringContaining('the service refuses more')], nextStep: expect.stringContaining('higher limit') });
    expect(later.verdict.level).toBe('GOOD');
    expect((await Promise.all([over, other, show].map((one) => one.logged()))).map((entries) => entries.filter((entry) => entry.startsWith('VIEWERS')).length)).toEqual([0, 1, 1]);
  });

  it('warns while the stream is not recorded, until a recording begins', async () => {
    const show = await heardShow(stage);
    const verdicts = [];
    for (const [name, seconds] of [['recordingStartFailure', 1], ['recordingStart', 5]] as const) {
      await show.tell(name, seconds);
      verdicts.push((await show.health()).verdict);
    }

    expect(verdicts).toMatchObject([{ level: 'WARNING', reasons: [expect.stringContaining('ValidationException')] }, { level: 'GOOD' }]);
    expect(show.announced()).toMatchObject([{ kind: 'RECORDING_FAILED', message: expect.stringContaining('ValidationException') }]);
  });
});

describe('the recording of a show', () => {
  it('is not waited for where it could not be started', async () => {
    const show = await heardShow(stage);
    await show.encoder.disconnect();
    await show.tell('sessionEnded', 1);
    const waited = await show.recording();
    show.list('IVS Recording State Change', 'Recording Start Failure', 1);
    await show.tell('recordingStartFailure', 1);

    expect([waited.status, await show.recording()]).toMatchObject(['PROCESSING', { status: 'FAILED', failure: { code: 'recording-not-started' } }]);
  });
});

describe('what local IVS tells', () => {
  it('is heard as what AWS documents', async () => {
    const show = await heardShow(stage);
    await stage.clock.advance(2_000);
    await show.encoder.disconnect();
    await show.relay();

    expect((await show.logged()).slice(-2).map((entry) => entry.split(':')[0])).toEqual(['INPUT ACQUIRED', 'INPUT LOST']);
    expect(await show.sessions()).toHaveLength(1);
  });
});
